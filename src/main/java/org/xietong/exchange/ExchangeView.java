package org.xietong.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.ledger.ExchangeRow;
import org.xietong.ledger.Outcome;

/** One journaled exchange as a reader may know it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExchangeView(
        @ZhName("交换编号") UUID id,
        @ZhName("时间") OffsetDateTime time,
        @ZhName("机关") String agency,
        @ZhName("单位编号") String unit,
        @ZhName("系统编号") @Nullable String system,
        @ZhName("办案人员") @Nullable String officer,
        @ZhName("操作") String operation,
        @ZhName("记录种类") @Nullable String kind,
        @ZhName("结果") Outcome outcome,
        @ZhName("适用规则") @Nullable String rule,
        @ZhName("状态码") int status,
        @ZhName("日志位置") @Nullable Long position) {

    /** To an auditor: with its place in the log, whose distances count what everybody exchanges. */
    static ExchangeView audited(ExchangeRow row) {
        return of(row, row.system(), row.officer(), row.rule(), row.position());
    }

    static ExchangeView whole(ExchangeRow row) {
        return of(row, row.system(), row.officer(), row.rule(), null);
    }

    /** A denial, to whom it was given: that it was, and nothing else. */
    static ExchangeView denied(ExchangeRow row) {
        return of(row, row.system(), row.officer(), null, null);
    }

    /** To the owner of what was touched: which unit, when, what. */
    static ExchangeView asOwner(ExchangeRow row) {
        return of(row, null, null, null, null);
    }

    private static ExchangeView of(
            ExchangeRow row,
            @Nullable String system,
            @Nullable String officer,
            @Nullable String rule,
            @Nullable Long position) {
        return new ExchangeView(
                row.id(),
                row.time().atOffset(ZoneOffset.UTC),
                row.agency(),
                row.unit(),
                system,
                officer,
                row.operation(),
                row.kind(),
                row.outcome(),
                rule,
                row.status(),
                position);
    }
}
