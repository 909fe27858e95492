package org.xietong.threshold;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.matter.Amount;
import org.xietong.matter.Goods;

/**
 * What a record states of an infringement, as far as thresholds measure it.
 *
 * @param conditions those that it states; what the amounts themselves tell is not among them
 * @param suspicion whether an officer marked 合理嫌疑 (国务院令310号 art. 3): reason enough by itself, whatever the amounts
 * @param on the day whose law it is measured by; the day of registration where there is none
 * @param handedOver whether its own lifecycle has handed it over for a criminal case
 */
public record Suspected(
        @Nullable String rightType,
        List<Amount> amounts,
        List<Goods> goods,
        Set<Condition> conditions,
        boolean suspicion,
        @Nullable LocalDate on,
        boolean handedOver) {
    public Suspected {
        amounts = List.copyOf(amounts);
        goods = List.copyOf(goods);
        conditions = Set.copyOf(conditions);
    }
}
