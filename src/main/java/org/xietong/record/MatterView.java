package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.xietong.identifier.ZhName;
import org.xietong.label.Milestone;
import org.xietong.matter.LinkType;

/**
 * A matter as one caller may know it: made of nothing but the records that he sees, so that it tells of no other.
 *
 * @param participants opaque ids of those whom records in sight name
 * @param units owners and addressees that records in sight name, the caller's own where it is in, and those of the invitations
 * @param links to matters that the caller's unit is in too, where it sees in both something of the unit that states it
 * @param milestones those that records in sight have set and nobody has revoked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MatterView(
        @ZhName("案件编号") UUID id,
        @ZhName("参与人标识") List<UUID> participants,
        @ZhName("节点") List<Reached> milestones,
        @ZhName("可知的参与单位") List<String> units,
        @ZhName("关联案件") List<Link> links,
        @ZhName("邀请") List<Invitation> invitations,
        @ZhName("可见记录") List<TimelineEntry> records) {

    /**
     * A link of this matter; {@code from} is the appeal of {@code to}, and so on.
     *
     * @param by the unit that states it
     * @param persons who is one and the same in both, of those whom the caller sees in both
     */
    public record Link(
            @ZhName("编号") UUID id,
            @ZhName("关联类型") LinkType type,
            @ZhName("自案件") UUID from,
            @ZhName("至案件") UUID to,
            @ZhName("关联单位") String by,
            @ZhName("同一参与人") List<SamePerson> persons) {}

    /** An invitation that the caller's unit made or received. */
    public record Invitation(
            @ZhName("编号") UUID id,
            @ZhName("受邀单位") String unit,
            @ZhName("邀请单位") String by,
            @ZhName("邀请时间") OffsetDateTime at) {}

    /** A milestone that a participant has reached within a filing or other record. */
    public record Reached(
            @ZhName("节点") Milestone milestone,
            @ZhName("参与人标识") UUID participant,
            @ZhName("所在记录") UUID recordId) {}
}
