package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.matter.MatterTies;

/** Invitations into matters, newest first, as one unit may know them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InvitationPage(
        @ZhName("邀请") List<MatterInvitation> items,
        @ZhName("下一页游标") @Nullable String next) {

    /**
     * Who invited whom.
     *
     * @param takenOutAt when the inviting unit took it back; only that unit is told
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MatterInvitation(
            @ZhName("编号") UUID id,
            @ZhName("案件编号") UUID matterId,
            @ZhName("受邀单位") String unit,
            @ZhName("邀请单位") String by,
            @ZhName("邀请时间") OffsetDateTime at,
            @ZhName("移出时间") @Nullable OffsetDateTime takenOutAt) {

        private static MatterInvitation of(MatterTies.Invited invited) {
            return new MatterInvitation(
                    invited.id(),
                    invited.matter(),
                    invited.unit(),
                    invited.byUnit(),
                    RecordViews.shanghai(invited.at()),
                    invited.withdrawnAt() == null ? null : RecordViews.shanghai(invited.withdrawnAt()));
        }
    }

    /** @param found one more than the limit where there is another page */
    static InvitationPage of(List<MatterTies.Invited> found, int limit) {
        List<MatterInvitation> items =
                found.stream().limit(limit).map(MatterInvitation::of).toList();
        if (found.size() <= limit) {
            return new InvitationPage(items, null);
        }
        MatterTies.Invited last = found.get(limit - 1);
        return new InvitationPage(items, new Cursor(last.at(), last.id()).encode());
    }
}
