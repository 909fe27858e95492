package org.xietong.policy;

import java.util.HashSet;
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
     * @param hidden content fields, and {@code unit}, {@code day}, {@code state} or {@code version} of the
     *     envelope, hidden beyond the view
     * @param participants whom the sight is limited to; empty = everybody. It is limited where milestones alone open it
     * @param others what shows of those beyond the limit; empty = nothing
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
            Optional<Others> others,
            boolean statutory,
            LegalBasis basis,
            List<String> ceilings)
            implements Decision {
        private static final String STATE = "state";
        private static final String VERSION = "version";

        /**
         * What a limit adds to {@code hidden}: the version where less shows of the others, with the state where nothing does.
         */
        static Set<String> hiddenByLimit(View view, Optional<Others> others) {
            if (others.filter(o -> o.view().shows(view)).isPresent()) {
                return Set.of();
            }
            return others.isPresent() ? Set.of(VERSION) : Set.of(VERSION, STATE);
        }

        /** Whether the view is that of everybody whom the record concerns; else versions would tell of the others. */
        public boolean concernsEverybody() {
            return !hidden.contains(VERSION);
        }

        /** Whether what a summary says of nobody by name may show: state and number. */
        public boolean showsCommon() {
            return !hidden.contains(STATE);
        }

        /**
         * Whether what is told in full of nobody by name may show. It may be about those of whom less shows; only a supervisor, who
         * by law sees something of all of them, reads it all the same.
         */
        boolean showsCommonInFull() {
            return concernsEverybody() || (statutory && showsCommon());
        }

        /** This decision for a version of the record that concerned others, too, though today's concerns them no more. */
        public Permitted limited() {
            Set<String> more = new HashSet<>(hidden);
            more.addAll(hiddenByLimit(view, others));
            return new Permitted(
                    rule,
                    policyVersion,
                    view,
                    opened,
                    Set.copyOf(more),
                    participants,
                    others,
                    statutory,
                    basis,
                    ceilings);
        }

        /** This decision as it is for those beyond the limit, of whom something shows. */
        Optional<Permitted> ofOthers() {
            return others.map(o -> new Permitted(
                    rule,
                    policyVersion,
                    o.view(),
                    o.opened(),
                    o.hidden(),
                    Optional.empty(),
                    Optional.empty(),
                    statutory,
                    basis,
                    ceilings));
        }
    }

    /**
     * What a statutory row or a grant shows of everybody, beside what milestones open of some: a supervisor does not lose the
     * summary of one suspect because the arrest of another is asked for, and what is opened of one opens nothing of another.
     */
    record Others(View view, Set<Caveat> opened, Set<String> hidden) {
        public Others {
            opened = Set.copyOf(opened);
            hidden = Set.copyOf(hidden);
        }

        /** What both show. */
        static Others both(Others one, Others other) {
            Set<Caveat> opened = new HashSet<>(one.opened);
            opened.retainAll(other.opened);
            Set<String> hidden = new HashSet<>(one.hidden);
            hidden.addAll(other.hidden);
            return new Others(one.view.min(other.view), opened, hidden);
        }
    }

    /** Out of sight. The caller learns no more than for a record that does not exist (I4). */
    record Denied(String rule, String policyVersion) implements Decision {}
}
