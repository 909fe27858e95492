package org.xietong.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.xietong.label.Caveat;
import org.xietong.label.LegalBasis;

/** The answer to "may this viewer see this record?". It names its rule and the policy's version, so that it can be replayed (I8). */
public sealed interface Decision {

    /** Id of the row that permits; or what denies, in lower case, e.g. {@code no-row}, {@code label:scope}. */
    String rule();

    String policyVersion();

    /**
     * @param opened caveats that are opened; a field with any other caveat is hidden or masked
     * @param hidden content fields, and {@code unit}, {@code day} or {@code state} of the
     *     envelope, hidden beyond the view
     * @param participants whom the sight is limited to; empty = everybody. It is limited where milestones alone open it
     * @param statutory whether a statutory row is among those that permit
     * @param ceilings what lowered the view, e.g. {@code label:caveat:MINOR}, {@code unattended}
     */
    record Permitted(
            String rule,
            String policyVersion,
            View view,
            Set<Caveat> opened,
            Set<String> hidden,
            Optional<Set<UUID>> participants,
            boolean statutory,
            LegalBasis basis,
            List<String> ceilings)
            implements Decision {}

    /** Out of sight. The caller learns no more than for a record that does not exist (I4). */
    record Denied(String rule, String policyVersion) implements Decision {}
}
