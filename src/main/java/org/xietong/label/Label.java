package org.xietong.label;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The confidentiality label 标签 of a record. It can only lower what the policy shows, and never what a statutory row shows.
 * Made by {@link LabelRules}; equal labels have equal JSON.
 *
 * @param fields what single fields of the content bear beside the caveats of their kind: only stricter, never looser
 * @param markedBy id of the marking officer, who signed with his own key; null below WORK_SECRET where no officer signed
 * @param reviewedBy id of a second officer; null until he has confirmed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Label(
        @ZhName("标签等级") Level level,
        @ZhName("标注") Set<Caveat> caveats,
        @ZhName("知悉范围") Scope scope,
        @ZhName("依据") @Nullable LabelBasis basis,
        @ZhName("解除条件") @Nullable Declassify declassify,
        @ZhName("标注人") @Nullable String markedBy,
        @ZhName("复核人") @Nullable String reviewedBy,
        @ZhName("字段标注") List<FieldLabel> fields) {

    public Label {
        caveats = inOrder(caveats);
        scope = scope == null ? Scope.EVERYONE : scope;
        fields = fields == null ? List.of() : FieldLabel.inOrder(fields);
    }

    /** A label without field labels. */
    public Label(
            Level level,
            Set<Caveat> caveats,
            Scope scope,
            @Nullable LabelBasis basis,
            @Nullable Declassify declassify,
            @Nullable String markedBy,
            @Nullable String reviewedBy) {
        this(level, caveats, scope, basis, declassify, markedBy, reviewedBy, List.of());
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
        return by(markedBy, officer);
    }

    /** This label, marked by one officer and confirmed by another. */
    public Label by(@Nullable String marker, @Nullable String reviewer) {
        return new Label(level, caveats, scope, basis, declassify, marker, reviewer, fields);
    }

    /**
     * The label that holds now: once its {@code declassify} is due, INTERNAL at most and without scope; caveats stay. A label
     * that waits for its review holds as it is: its condition has one signature only.
     *
     * @param today today in Asia/Shanghai
     * @param reached whether a milestone stands for everybody whom the record concerns
     */
    public Label inForce(LocalDate today, Predicate<Milestone> reached) {
        if (declassify == null || pendingReview() || !declassify.isDue(today, reached)) {
            return this;
        }
        Level left = level.atLeast(Level.INTERNAL) ? Level.INTERNAL : level;
        return new Label(left, caveats, Scope.EVERYONE, basis, declassify, markedBy, reviewedBy, fields);
    }

    /**
     * The label of what is derived from labelled records: the highest level, every caveat and field label, who is in every
     * scope. Scopes that share nobody leave nobody but owners: WORK_SECRET_LIMITED without a scope. It is reviewed if all of
     * them are, and has no term.
     *
     * @throws IllegalArgumentException for no label at all
     */
    public static Label maximum(Collection<Label> labels) {
        Label highest = labels.stream()
                .max(Comparator.comparing(Label::level))
                .orElseThrow(() -> new IllegalArgumentException("nothing is derived from nothing"));
        Label first = labels.stream().filter(Label::pendingReview).findFirst().orElse(highest);
        EnumSet<Caveat> all = EnumSet.noneOf(Caveat.class);
        List<FieldLabel> fields = new ArrayList<>();
        for (Label label : labels) {
            all.addAll(label.caveats);
            fields.addAll(label.fields);
        }
        List<Scope> scopes = labels.stream()
                .map(Label::scope)
                .filter(scope -> !scope.isEmpty())
                .toList();
        Scope common = scopes.stream().reduce(Scope::common).orElse(Scope.EVERYONE);
        boolean nobody = !scopes.isEmpty() && common.isEmpty()
                || labels.stream().anyMatch(l -> l.level == Level.WORK_SECRET_LIMITED && l.scope.isEmpty());
        return new Label(
                nobody ? Level.WORK_SECRET_LIMITED : highest.level,
                all,
                nobody ? Scope.EVERYONE : common,
                highest.basis,
                null,
                first.markedBy,
                first.reviewedBy,
                fields);
    }

    /**
     * Whether changing to {@code next} gives anything up: a lower level, a caveat gone from the record or a field, a wider
     * scope, a term that ends earlier. Such a change needs a second person; any other takes effect at once.
     */
    public boolean isLoosenedBy(Label next) {
        return !next.level.atLeast(level)
                || !next.caveats.containsAll(caveats)
                || scope.isWidenedBy(next.scope)
                || endsEarlier(next)
                || losesCaveats(next);
    }

    private boolean losesCaveats(Label next) {
        Map<String, Set<Caveat>> after = FieldLabel.byField(next.fields);
        return FieldLabel.byField(fields).entrySet().stream()
                .anyMatch(
                        before -> !after.getOrDefault(before.getKey(), Set.of()).containsAll(before.getValue()));
    }

    /** Only where there is something to end: a level above INTERNAL or a scope. */
    private boolean endsEarlier(Label next) {
        boolean narrows = level.needsTwoOfficers() || !scope.isEmpty();
        return narrows && next.declassify != null && next.declassify.endsBefore(declassify);
    }

    private static Set<Caveat> inOrder(Collection<Caveat> caveats) {
        if (caveats == null || caveats.isEmpty()) {
            return Set.of();
        }
        return Collections.unmodifiableSet(EnumSet.copyOf(caveats));
    }
}
