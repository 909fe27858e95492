package org.xietong.matter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.NullUnmarked;
import org.xietong.label.Milestone;

@Entity
@Table(name = "milestone")
@DynamicUpdate
@NullUnmarked
class MilestoneEntity {
    @Id
    UUID id;

    @Column(name = "matter_id", updatable = false)
    UUID matter;

    @Column(name = "record_id", updatable = false)
    UUID record;

    @Column(name = "filing_id", updatable = false)
    UUID filing;

    @Column(updatable = false)
    UUID participant;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    Milestone milestone;

    @Column(name = "set_by", updatable = false)
    String setBy;

    @Column(name = "set_at", updatable = false)
    Instant setAt;

    @Column(name = "revoked_by")
    String revokedBy;

    @Column(name = "revoked_at")
    Instant revokedAt;
}
