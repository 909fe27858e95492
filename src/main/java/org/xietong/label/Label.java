package org.xietong.label;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The confidentiality label 标签 of a record. It can only lower what the policy shows, and never what a statutory row shows.
 * Made by {@link LabelRules}; equal labels have equal JSON.
 *
 * @param markedBy id of the marking officer, who signed with his own key; null below WORK_SECRET where no officer signed
 * @param reviewedBy id of a second officer; null until he has confirmed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Label(
        @ZhName("密级") Level level,
        @ZhName("标注") Set<Caveat> caveats,
        @ZhName("知悉范围") Scope scope,
        @ZhName("依据") @Nullable LabelBasis basis,
        @ZhName("解除条件") @Nullable Declassify declassify,
        @ZhName("标注人") @Nullable String markedBy,
        @ZhName("复核人") @Nullable String reviewedBy) {

    public Label {
        caveats = inOrder(caveats);
        scope = scope == null ? Scope.EVERYONE : scope;
    }

    /** A label without caveats, scope or basis. */
    public static Label of(Level level) {
        return new Label(level, Set.of(), Scope.EVERYONE, null, null, null, null);
    }

    /** Whether a second officer has still to confirm the level. Until then only owner and statutory readers see the record. */
    public boolean pendingReview() {
        return level.needsTwoOfficers() && reviewedBy == null;
    }

    /**
     * This label, confirmed by a second officer (I11).
     *
     * @param officer id of the officer who signed the review with his own key
     * @throws ProblemException STATE_CONFLICT where no review is pending; LABEL_INVALID where he is the marking officer
     */
    public Label reviewed(String officer) {
        if (!pendingReview()) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        if (officer.equals(markedBy)) {
            throw new ProblemException(
                    ProblemType.LABEL_INVALID, new FieldFault("/label/reviewedBy", "REVIEWER_IS_MARKER"));
        }
        return new Label(level, caveats, scope, basis, declassify, markedBy, officer);
    }

    /**
     * Whether changing to {@code next} gives anything up: a lower level, a caveat gone, a wider scope. Such a change needs a
     * second person; any other takes effect at once.
     */
    public boolean isLoosenedBy(Label next) {
        return !next.level.atLeast(level) || !next.caveats.containsAll(caveats) || scope.isWidenedBy(next.scope);
    }

    private static Set<Caveat> inOrder(Collection<Caveat> caveats) {
        if (caveats == null || caveats.isEmpty()) {
            return Set.of();
        }
        return Collections.unmodifiableSet(EnumSet.copyOf(caveats));
    }
}
