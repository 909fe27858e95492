package org.xietong.agency;

import java.util.Optional;

/**
 * An officer 办案人员 of a unit, or one of its administrators.
 *
 * @param id the unit's id and a number of three digits or more, e.g. {@code MSA-421200-007}
 * @param active not suspended; whether he may act is {@link DirectorySnapshot#usableOfficer}
 * @param role what he administers; then he reads no case
 */
public record Officer(String id, String unit, String name, String title, boolean active, Optional<AdminRole> role) {
    /** One who handles cases. */
    public Officer(String id, String unit, String name, String title, boolean active) {
        this(id, unit, name, title, active, Optional.empty());
    }
}
