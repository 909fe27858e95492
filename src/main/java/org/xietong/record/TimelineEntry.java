package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.matter.Occurred;
import org.xietong.policy.View;

/** One record of a matter's timeline, as far as the caller sees it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelineEntry(
        @ZhName("记录编号") UUID id,
        @ZhName("记录种类") String kind,
        @ZhName("所属单位") RecordView.@Nullable Owner owner,
        @ZhName("状态") @Nullable String state,
        @ZhName("文号") @Nullable String documentNumber,
        @ZhName("发生时间") @Nullable Occurred occurred,
        @ZhName("登记时间") @Nullable OffsetDateTime recordedAt,
        @ZhName("查看级别") @Nullable View view) {

    static TimelineEntry of(RecordView<?> record) {
        return new TimelineEntry(
                record.id(),
                record.kind(),
                record.owner(),
                record.state(),
                record.documentNumber(),
                record.occurred(),
                record.recordedAt(),
                record.meta().view());
    }
}
