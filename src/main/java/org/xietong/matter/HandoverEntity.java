package org.xietong.matter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "handover")
@NullUnmarked
class HandoverEntity {
    @Id
    UUID id;

    @Column(name = "matter_id")
    UUID matter;

    @Column(name = "record_id")
    UUID record;

    @Column(name = "from_unit")
    String fromUnit;

    @Column(name = "to_unit")
    String toUnit;

    @Column(name = "handed_at")
    Instant handedAt;

    boolean copy;
}
