package org.xietong.agency;

import java.util.Set;

/**
 * A unit's case system, the caller of the API.
 *
 * @param id the unit's id and a word, e.g. {@code MSA-421200-cms}
 * @param active not suspended; whether it may call is {@link DirectorySnapshot#usableSystemKey}
 */
public record CaseSystem(String id, String unit, String name, Set<Role> roles, boolean active) {
    public CaseSystem {
        roles = Set.copyOf(roles);
    }
}
