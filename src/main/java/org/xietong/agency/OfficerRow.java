package org.xietong.agency;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Immutable
@Table(name = "officer")
@NullUnmarked
class OfficerRow {
    @Id
    String id;

    String unit;
    String name;
    String title;
    boolean active;
    String role;

    Officer toOfficer() {
        return new Officer(
                id, unit, name, title, active, Optional.ofNullable(role).map(AdminRole::valueOf));
    }
}
