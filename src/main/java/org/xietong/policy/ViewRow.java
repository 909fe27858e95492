package org.xietong.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xietong.agency.AgencyCode;
import org.xietong.label.Caveat;
import org.xietong.label.LegalBasis;

/**
 * A row of the access matrix: units of the agency that meet every condition see such records in this view. Rows are
 * alternatives of each other.
 *
 * @param id unique over all files; it stands in the log (I8)
 * @param where attributes that the record must have
 * @param opens caveats that the row opens
 * @param hide content fields, or {@code unit} or {@code day}, that it hides beyond the view
 * @param statutory whether law prescribes this sight, so that no label lowers it
 */
public record ViewRow(
        String id,
        AgencyCode agency,
        String kind,
        Map<String, String> where,
        List<Condition> when,
        View view,
        Set<Caveat> opens,
        Set<String> hide,
        boolean statutory,
        LegalBasis basis) {

    /** A row of the policy names a relation ({@link RowRules}); only a grant names none. */
    boolean isGrant() {
        return when.isEmpty();
    }

    /** Whether the row rests on nearness alone: same level or membership, without a milestone. */
    boolean isGeneric() {
        return !isGrant()
                && when.stream().allMatch(c -> c instanceof Condition.Relation relation && relation.isGeneric());
    }
}
