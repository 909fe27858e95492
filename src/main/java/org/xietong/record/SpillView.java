package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * A record that is out of everybody's sight, for its owner's unit and the one that reported it. All but the id is absent in the
 * answer to a repetition.
 *
 * @param endedAt when it was erased, or released
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SpillView(
        @ZhName("误传编号") UUID id,
        @ZhName("记录编号") @Nullable UUID recordId,
        @ZhName("记录种类") @Nullable String recordKind,
        @ZhName("误传类别") @Nullable String reason,
        @ZhName("所属单位") @Nullable String owner,
        @ZhName("报告单位") @Nullable String unit,
        @ZhName("报告时间") @Nullable OffsetDateTime at,
        @ZhName("处置完毕时间") @Nullable OffsetDateTime endedAt,
        @ZhName("重复请求") @Nullable Boolean repeated,
        @ZhName("首次交换编号") @Nullable UUID firstExchange)
        implements Committed {
    /** Under which it is remembered by its idempotency key. */
    public static final String KIND = "spill";

    /** The answer to a repeated report. */
    public static SpillView repeated(UUID id, UUID firstExchange) {
        return new SpillView(id, null, null, null, null, null, null, null, true, firstExchange);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
