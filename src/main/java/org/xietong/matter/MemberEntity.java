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

    @Column(name = "matter_id", updatable = false)
    UUID matter;

    @Column(updatable = false)
    String unit;

    @Column(name = "joined_through", updatable = false)
    UUID joinedThrough;

    /** Owners that addressed or invited it; none where the matter is its own business. */
    @Column(name = "brought_by")
    String[] broughtBy;

    @Column(name = "joined_at", updatable = false)
    Instant joinedAt;
}
