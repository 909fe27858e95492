package org.xietong.record;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;
import org.xietong.label.Label;
import org.xietong.matter.Precision;

/** A record at its current version. What never changes cannot be updated. */
@Entity
@Table(name = "record")
@DynamicUpdate
@NullUnmarked
class RecordEntity {
    @Id
    UUID id;

    @Column(updatable = false)
    String kind;

    @Column(name = "matter_id", updatable = false)
    UUID matter;

    @Column(name = "filing_id", updatable = false)
    UUID filing;

    @Column(name = "owner_unit", updatable = false)
    String ownerUnit;

    @Column(name = "owner_officer")
    String ownerOfficer;

    @Column(updatable = false)
    String system;

    @Column(name = "source_ref", updatable = false)
    String sourceRef;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    Origin origin;

    @Column(name = "document_number")
    String documentNumber;

    String state;

    @JdbcTypeCode(SqlTypes.JSON)
    String label;

    @JdbcTypeCode(SqlTypes.ARRAY)
    String[] addressees;

    @Column(name = "occurred_at")
    Instant occurredAt;

    @Enumerated(EnumType.STRING)
    Precision precision;

    @Column(name = "recorded_at", updatable = false)
    Instant recordedAt;

    @Column(name = "changed_at")
    Instant changedAt;

    int version;

    @JdbcTypeCode(SqlTypes.JSON)
    String attributes;

    @JdbcTypeCode(SqlTypes.ARRAY)
    UUID[] participants;

    @JdbcTypeCode(SqlTypes.JSON)
    String content;

    /** The row that the store would read back, were this the only record of its matter. */
    RecordRow alone(Label marked, Map<String, String> facts, Set<String> members) {
        return new RecordRow(
                id,
                kind,
                matter,
                filing,
                ownerUnit,
                ownerOfficer,
                system,
                sourceRef,
                origin,
                documentNumber,
                state,
                marked,
                List.of(addressees),
                occurredAt,
                precision,
                recordedAt,
                changedAt,
                version,
                facts,
                Set.of(participants),
                content,
                members,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                false);
    }
}
