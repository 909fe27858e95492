package org.xietong.record;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/**
 * The records that bear a number where the caller can read it; none and unseen are the same empty list (I4).
 *
 * @param more whether there are more than the {@value #MOST} that it holds
 */
public record Resolved(
        @ZhName("匹配") List<Match> matches, @ZhName("是否还有") boolean more) {
    static final int MOST = 100;

    public record Match(
            @ZhName("案件编号") UUID matterId,
            @ZhName("记录种类") @Code("record-kinds") String kind,
            @ZhName("记录编号") UUID recordId) {}

    static Resolved of(List<Match> matches) {
        return new Resolved(
                matches.stream()
                        .sorted(Comparator.comparing(Match::recordId))
                        .limit(MOST)
                        .toList(),
                matches.size() > MOST);
    }
}
