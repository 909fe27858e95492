package org.xietong.agency;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Immutable
@Table(name = "case_system")
@NullUnmarked
class CaseSystemRow {
    @Id
    String id;

    String unit;
    String name;
    String[] roles;
    boolean active;

    CaseSystem toSystem() {
        return new CaseSystem(
                id, unit, name, Arrays.stream(roles).map(Role::valueOf).collect(Collectors.toSet()), active);
    }
}
