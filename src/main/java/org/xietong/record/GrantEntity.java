package org.xietong.record;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;
import org.xietong.policy.View;

/** A grant, proposed by one officer and approved by another. Its terms never change. */
@Entity
@Table(name = "record_grant")
@DynamicUpdate
@NullUnmarked
class GrantEntity {
    @Id
    UUID id;

    @Column(name = "record_id", updatable = false)
    UUID record;

    @Column(updatable = false)
    String grantee;

    @Column(updatable = false)
    boolean person;

    @Column(updatable = false)
    String purpose;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    View view;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(updatable = false)
    String[] caveats;

    @Column(updatable = false)
    String reason;

    @Column(updatable = false)
    Instant until;

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

    @Column(name = "approved_by")
    String approvedBy;

    @Column(name = "approved_at")
    Instant approvedAt;

    @Column(name = "revoked_by")
    String revokedBy;

    @Column(name = "revoked_at")
    Instant revokedAt;

    GrantView.Status status(Instant now) {
        if (revokedAt != null) {
            return GrantView.Status.REVOKED;
        }
        if (approvedAt != null) {
            return now.isBefore(until) ? GrantView.Status.STANDING : GrantView.Status.ENDED;
        }
        return now.isBefore(expiresAt) && now.isBefore(until) ? GrantView.Status.PROPOSED : GrantView.Status.LAPSED;
    }
}
