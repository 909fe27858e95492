package org.xietong.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Digests;
import org.xietong.identifier.ZhName;
import org.xietong.ledger.StatedDay;

/**
 * The entries of a day, counted per agency, with the entry that states it and what opens it: SHA-256(salt ‖ statement) is the digest of
 * {@code decision} in {@code entry}.
 *
 * @param from first place of the day's stretch of the log
 * @param until place behind its last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DayCountView(
        @ZhName("日期") LocalDate day,
        @ZhName("起始位置") long from,
        @ZhName("截止位置") long until,
        @ZhName("各机关条目数") List<AgencyCount> counts,
        @ZhName("交换编号") UUID exchangeId,
        @ZhName("日志位置") @Nullable Long position,
        @ZhName("日志条目") String entry,
        @ZhName("盐值") String salt,
        @ZhName("陈述原文") String statement) {

    /** The entries of one agency on a day. */
    public record AgencyCount(
            @ZhName("机关") String agency, @ZhName("条目数") long entries) {}

    static DayCountView of(StatedDay day) {
        return new DayCountView(
                day.count().day(),
                day.count().from(),
                day.count().until(),
                day.count().counts().entrySet().stream()
                        .map(count -> new AgencyCount(count.getKey(), count.getValue()))
                        .toList(),
                day.id(),
                day.position(),
                new String(day.entry(), StandardCharsets.UTF_8),
                Digests.hex(day.part().salt()),
                new String(day.part().bytes(), StandardCharsets.UTF_8));
    }
}
