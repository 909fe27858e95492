package org.xietong.threshold;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xietong.matter.Amount;
import org.xietong.matter.Goods;

/**
 * Totals of what is stated, exact, by type and unit. Amounts of one type add up (法释〔2004〕19号 art. 12: 累计计算); what is stated of
 * single participants adds up beside what is stated of nobody, and the greater of the two counts, so that a total and its shares
 * are not counted twice.
 *
 * @param totals by type and unit
 * @param goodsWithoutValue whether the list of goods has lines of which nobody knows the value: then its sum is a lower bound
 */
record Measured(Suspected suspected, Map<Key, BigDecimal> totals, boolean goodsWithoutValue) {
    private static final String CNY = "CNY";
    private static final String GOODS_VALUE = "GOODS_VALUE";
    private static final String LABELS = "LABELS";

    record Key(String type, String unit) {}

    static Measured of(Suspected suspected) {
        Map<Key, BigDecimal> whole = new HashMap<>();
        Map<Key, BigDecimal> shares = new HashMap<>();
        for (Amount each : suspected.amounts()) {
            if (each.type() != null && each.unit() != null && each.value() != null) {
                (each.participant() == null ? whole : shares)
                        .merge(new Key(each.type(), each.unit()), new BigDecimal(each.value()), BigDecimal::add);
            }
        }
        shares.forEach((key, share) -> whole.merge(key, share, BigDecimal::max));
        BigDecimal goods = suspected.goods().stream()
                .map(Goods::value)
                .flatMap(value -> Optional.ofNullable(value).stream())
                .map(BigDecimal::new)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (goods.signum() > 0) {
            whole.merge(new Key(GOODS_VALUE, CNY), goods, BigDecimal::max);
        }
        boolean unvalued = suspected.goods().stream().anyMatch(each -> each.value() == null);
        return new Measured(suspected, Map.copyOf(whole), unvalued);
    }

    /** The stated ones, and what the amounts tell. */
    Set<Condition> conditions() {
        EnumSet<Condition> all = EnumSet.noneOf(Condition.class);
        all.addAll(suspected.conditions());
        if (totals.keySet().stream().anyMatch(key -> key.type().equals(LABELS))) {
            all.add(Condition.LABELS);
        }
        return all;
    }

    boolean reaches(Threshold threshold) {
        return threshold.measures().stream()
                .anyMatch(measure -> threshold.units().stream().anyMatch(unit -> reaches(threshold, measure, unit)));
    }

    private boolean reaches(Threshold threshold, String measure, String unit) {
        BigDecimal total = totals.get(new Key(measure, unit));
        return total != null && total.compareTo(threshold.amount()) >= 0;
    }

    /** Stated in a unit that cannot be compared, or goods of unknown value, where the threshold is not reached anyway. */
    List<String> unknown(Threshold threshold) {
        if (reaches(threshold)) {
            return List.of();
        }
        return threshold.measures().stream()
                .filter(measure -> measure.equals(GOODS_VALUE) && goodsWithoutValue
                        || totals.keySet().stream()
                                .anyMatch(key -> key.type().equals(measure)
                                        && !threshold.units().contains(key.unit())))
                .toList();
    }
}
