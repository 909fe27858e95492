package org.xietong.agency;

import java.time.Instant;
import java.util.Set;

/**
 * What a verified token says.
 *
 * @param system the system's id ({@code sub})
 * @param unit the unit's id
 * @param roles of {@code groups} those that are known here
 * @param expires end of validity ({@code exp}), exclusive
 */
public record Claims(String system, String unit, Set<Role> roles, Instant expires) {
    public Claims {
        roles = Set.copyOf(roles);
    }
}
