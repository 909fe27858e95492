package org.xietong.agency;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Immutable
@Table(name = "unit")
@NullUnmarked
class UnitRow {
    @Id
    String id;

    String agency;
    String division;
    String name;
    String parent;
    String responsible;
    String telephone;
    boolean active;

    @Column(name = "valid_from")
    Instant validFrom;

    @Column(name = "valid_to")
    Instant validTo;

    Unit toUnit() {
        return new Unit(
                id,
                AgencyCode.valueOf(agency),
                division,
                name,
                Optional.ofNullable(parent),
                responsible,
                telephone,
                active);
    }

    Validity validity() {
        return new Validity(validFrom, validTo == null ? Instant.MAX : validTo);
    }
}
