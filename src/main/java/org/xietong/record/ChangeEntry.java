package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.policy.View;

/**
 * One entry of the feed. What is gone is named by kind and id alone, and only to who had been told of it (I4); no entry tells a
 * time.
 *
 * @param type a code of {@code change-types}
 * @param view what the caller sees of it now
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChangeEntry(
        @ZhName("变更类型") @Code("change-types") String type,
        @ZhName("记录种类") @Code("record-kinds") String kind,
        @ZhName("记录编号") UUID id,
        @ZhName("案件编号") @Nullable UUID matterId,
        @ZhName("查看级别") @Nullable View view) {
    static final String APPEARED = "APPEARED";
    static final String CHANGED = "CHANGED";
    static final String GONE = "GONE";
    static final String CORRECTION = "CORRECTION";
    static final String DEADLINE = "DEADLINE";

    static ChangeEntry gone(String kind, UUID id) {
        return new ChangeEntry(GONE, kind, id, null, null);
    }
}
