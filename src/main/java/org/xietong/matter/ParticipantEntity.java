package org.xietong.matter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "participant")
@NullUnmarked
class ParticipantEntity {
    @Id
    UUID id;

    @Column(name = "matter_id")
    UUID matter;

    @Column(name = "introduced_by")
    UUID introducedBy;

    @Column(name = "introduced_at")
    Instant introducedAt;
}
