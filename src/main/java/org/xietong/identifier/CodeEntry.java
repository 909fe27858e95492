package org.xietong.identifier;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One code with its names.
 *
 * @param basis its own basis, where it differs from the list's
 * @param verified its own mark, where it differs from the list's
 * @param validFrom first day in force; null = since ever
 * @param validTo last day in force; null = until further notice
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CodeEntry(
        @ZhName("代码") String code,
        @ZhName("中文") String zh,
        @ZhName("英文") String en,
        @ZhName("依据") @Nullable String basis,
        @ZhName("核对程度") @Nullable Verified verified,
        @ZhName("生效日期") @Nullable LocalDate validFrom,
        @ZhName("失效日期") @Nullable LocalDate validTo) {

    /** Whether the code is in force on the day, both ends included. */
    public boolean inForce(LocalDate day) {
        return (validFrom == null || !day.isBefore(validFrom)) && (validTo == null || !day.isAfter(validTo));
    }
}
