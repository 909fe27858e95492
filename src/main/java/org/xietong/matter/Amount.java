package org.xietong.matter;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/**
 * An amount that the law asks for: gain, turnover, value of goods, copies, clicks (法释〔2025〕5号).
 *
 * @param value decimal string; yuan where the unit is CNY
 * @param unit a code of {@code amount-unit}
 * @param basis how it was established, a code of {@code amount-basis}
 * @param participant whose it is: the id, or in a draft the {@code ref}, of a participant of the same content
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Amount(
        @ZhName("数额类型") @NotNull @Code("amount-type") @Nullable
        String type,

        @ZhName("数值") @NotNull @Pattern(regexp = DECIMAL) @Nullable
        String value,

        @ZhName("计量单位") @NotNull @Code("amount-unit") @Nullable
        String unit,

        @ZhName("认定方式") @Code("amount-basis") @Nullable String basis,
        @ZhName("所属参与人") @Size(max = 64) @Nullable String participant)
        implements OfStated {
    /** At most 15 digits before the point and two behind it; no sign, no exponent. */
    public static final String DECIMAL = "^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,2})?$";
}
