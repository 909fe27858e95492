package org.xietong.record;

import java.util.List;
import java.util.UUID;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/** The records that bear a number where the caller can read it; none and unseen are the same empty list (I4). */
public record Resolved(@ZhName("匹配") List<Match> matches) {

    public record Match(
            @ZhName("案件编号") UUID matterId,
            @ZhName("记录种类") @Code("record-kinds") String kind,
            @ZhName("记录编号") UUID recordId) {}
}
