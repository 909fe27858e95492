package org.xietong.policy;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Unit;
import org.xietong.identifier.Verified;
import org.xietong.label.Caveat;
import org.xietong.label.LegalBasis;

/**
 * A grant 授权 that two officers of the owner gave and that neither ended nor was revoked: it opens the owner's own record
 * beyond the matrix. It gives no right to act, is never statutory, and is lowered by the label like any ordinary row.
 *
 * @param grantee id of a unit; of an officer where {@code person}, who must sign with his own key
 * @param opens caveats that it opens; INFORMANT to persons only
 * @param until when it ends
 */
public record GrantFact(UUID id, boolean person, String grantee, View view, Set<Caveat> opens, Instant until) {
    /** Nobody outside may know that there is such a record (刑事诉讼法 art. 286), or what judges deliberated: no grant opens it. */
    public static final Set<Caveat> NEVER = Set.of(Caveat.SEALED_RECORD, Caveat.LEGAL_PRIVILEGE);

    private static final LegalBasis BASIS =
            new LegalBasis("咸中法〔2021〕10号", "第5条", "归属单位在规则之外向特定单位或人员开放本单位记录，两人确认", Verified.EXCERPT);

    public GrantFact {
        opens = Set.copyOf(opens);
    }

    /** The auditor sees no content, whoever would show it to him. */
    public static boolean mayReceive(AgencyCode agency) {
        return agency != AgencyCode.AUD;
    }

    boolean isFor(Viewer viewer) {
        return grantee.equals(person ? viewer.signedOfficer() : viewer.unit());
    }

    /** As a row of the matrix would say it; a row without conditions is a grant. */
    Match match(Unit unit, String kind) {
        EnumSet<Caveat> opened = EnumSet.noneOf(Caveat.class);
        opened.addAll(opens);
        opened.removeAll(NEVER);
        if (!person) {
            opened.remove(Caveat.INFORMANT);
        }
        ViewRow row = new ViewRow(
                "GRANT-" + id,
                unit.agency(),
                kind,
                Map.of(),
                List.of(),
                view,
                Set.copyOf(opened),
                Set.of(),
                false,
                BASIS);
        return new Match(row, Optional.empty());
    }
}
