package org.xietong.record;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/** One version of a record and the act that made it; written once. */
@Entity
@Immutable
@Table(name = "record_version")
@NullUnmarked
class VersionEntity {
    @Id
    UUID id;

    @Column(name = "record_id")
    UUID record;

    int version;

    String act;

    @Column(name = "by_unit")
    String byUnit;

    @Column(name = "by_officer")
    String byOfficer;

    Instant at;

    @Column(name = "exchange_id")
    UUID exchange;

    String state;

    @JdbcTypeCode(SqlTypes.JSON)
    String label;

    @JdbcTypeCode(SqlTypes.JSON)
    String content;

    @Column(name = "act_content")
    @JdbcTypeCode(SqlTypes.JSON)
    String actContent;
}
