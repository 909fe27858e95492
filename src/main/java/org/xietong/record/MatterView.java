package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.xietong.identifier.ZhName;
import org.xietong.label.Milestone;

/**
 * A matter as one caller may know it: made of nothing but the records that he sees, so that it tells of no other.
 *
 * @param participants opaque ids of those whom records in sight name
 * @param milestones those that records in sight have set and nobody has revoked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MatterView(
        @ZhName("案件编号") UUID id,
        @ZhName("参与人标识") List<UUID> participants,
        @ZhName("节点") List<Reached> milestones,
        @ZhName("可见记录") List<TimelineEntry> records) {

    /** A milestone that a participant has reached within a filing or other record. */
    public record Reached(
            @ZhName("节点") Milestone milestone,
            @ZhName("参与人标识") UUID participant,
            @ZhName("所在记录") UUID recordId) {}
}
