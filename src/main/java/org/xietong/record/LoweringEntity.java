package org.xietong.record;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/** A proposal to lower a label. What was proposed never changes. */
@Entity
@Table(name = "label_lowering")
@DynamicUpdate
@NullUnmarked
class LoweringEntity {
    @Id
    UUID id;

    @Column(name = "record_id", updatable = false)
    UUID record;

    @Column(name = "starts_from", updatable = false)
    String startsFrom;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(updatable = false)
    String label;

    @Column(updatable = false)
    String reason;

    @Column(updatable = false)
    String digest;

    @Column(name = "proposed_by", updatable = false)
    String proposedBy;

    @Column(name = "proposed_at", updatable = false)
    Instant proposedAt;

    @Column(name = "exchange_id", updatable = false)
    UUID exchange;

    @Column(name = "expires_at", updatable = false)
    Instant expiresAt;

    @Column(name = "replaced_at")
    Instant replacedAt;

    @Column(name = "confirmed_by")
    String confirmedBy;

    @Column(name = "confirmed_at")
    Instant confirmedAt;

    boolean isOpen(Instant now) {
        return replacedAt == null && confirmedAt == null && now.isBefore(expiresAt);
    }
}
