package org.xietong.agency;

import java.util.Optional;
import java.util.Set;

/**
 * Who asks, established from keys and never from a body (I5).
 *
 * @param system the case system whose key signed
 * @param unit the unit that the system belongs to
 * @param officer whom the request names, registered and active
 * @param officerSigned whether that officer signed with his own key (I11)
 */
public record Caller(
        AgencyCode agency,
        String unit,
        String system,
        Set<Role> roles,
        Optional<String> officer,
        boolean officerSigned,
        Optional<Purpose> purpose) {

    /** A read is attended when purpose and officer are both named; unattended ones show a summary at most. */
    public boolean attended() {
        return officer.isPresent() && purpose.isPresent();
    }

    /** The officer who signed with his own key, if any. */
    public Optional<String> signingOfficer() {
        return officerSigned ? officer : Optional.empty();
    }
}
