package org.xietong.threshold;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.CodeLists;
import org.xietong.identifier.ZhName;
import org.xietong.label.LegalBasis;
import org.xietong.matter.Amount;

/**
 * An amount from which a crime must be considered, as {@code law/thresholds.yaml} states it (I10). It decides nothing.
 *
 * @param id the threshold's; several versions may share it, one in force on each day
 * @param crime a code of {@code crimes}
 * @param rights codes of {@code right-types}, to infringements of which it applies
 * @param measures codes of {@code amount-type}; any of them that reaches {@code value} reaches the threshold
 * @param value decimal string; reached by what equals it (刑法第九十九条: 以上包括本数)
 * @param units codes of {@code amount-unit} in which it is stated; another unit cannot be compared
 * @param condition what must be so besides
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Threshold(
        @ZhName("标准编号") String id,
        @ZhName("名称") String zh,
        @ZhName("英文名称") String en,
        @ZhName("罪名") String crime,
        @ZhName("知识产权类型") List<String> rights,
        @ZhName("数额类型") List<String> measures,
        @ZhName("数值") String value,
        @ZhName("计量单位") List<String> units,
        @ZhName("适用条件") @Nullable Condition condition,
        @ZhName("法律依据") LegalBasis basis,
        @ZhName("生效日期") @Nullable LocalDate validFrom,
        @ZhName("失效日期") @Nullable LocalDate validTo) {

    boolean inForce(LocalDate day) {
        return (validFrom == null || !day.isBefore(validFrom)) && (validTo == null || !day.isAfter(validTo));
    }

    boolean concerns(@Nullable String right, Set<Condition> conditions) {
        return rights.contains(right) && (condition == null || conditions.contains(condition));
    }

    BigDecimal amount() {
        return new BigDecimal(value);
    }

    /** What is wrong with it by itself; empty where nothing is. */
    Optional<String> fault() {
        if (id == null
                || zh == null
                || en == null
                || crime == null
                || value == null
                || isEmpty(rights)
                || isEmpty(measures)
                || isEmpty(units)) {
            return Optional.of("lacks a part");
        }
        if (basis == null || basis.law() == null || basis.article() == null || basis.verified() == null) {
            return Optional.of("lacks its basis");
        }
        if (!value.matches(Amount.DECIMAL) || amount().signum() == 0) {
            return Optional.of("is no amount");
        }
        if (validFrom != null && validTo != null && validTo.isBefore(validFrom)) {
            return Optional.of("ends before it begins");
        }
        CodeLists codes = CodeLists.standard();
        boolean known = codes.contains("crimes", crime)
                && rights.stream().allMatch(right -> codes.contains("right-types", right))
                && measures.stream().allMatch(measure -> codes.contains("amount-type", measure))
                && units.stream().allMatch(unit -> codes.contains("amount-unit", unit));
        return known ? Optional.empty() : Optional.of("names an unknown code");
    }

    private static boolean isEmpty(@Nullable List<String> codes) {
        return codes == null || codes.isEmpty();
    }
}
