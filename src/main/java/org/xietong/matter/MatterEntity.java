package org.xietong.matter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "matter")
@NullUnmarked
class MatterEntity {
    @Id
    UUID id;

    @Column(name = "opened_by")
    String openedBy;

    @Column(name = "opened_at")
    Instant openedAt;
}
