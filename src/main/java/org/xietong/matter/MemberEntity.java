package org.xietong.matter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "matter_member")
@NullUnmarked
class MemberEntity {
    @Id
    UUID id;

    @Column(name = "matter_id")
    UUID matter;

    String unit;

    @Column(name = "joined_through")
    UUID joinedThrough;

    @Column(name = "joined_at")
    Instant joinedAt;
}
