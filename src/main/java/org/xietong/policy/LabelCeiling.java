package org.xietong.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xietong.label.Caveat;
import org.xietong.label.Label;
import org.xietong.label.Level;

/**
 * What a label leaves of a matching row. In this order, the owner's unit and statutory rows excepted:
 *
 * <ol>
 *   <li>a label that waits for its review leaves nothing;
 *   <li>a scope, and WORK_SECRET_LIMITED with or without one, leaves nothing to whom the scope does not list; a person counts
 *       only where he signed with his own key;
 *   <li>from WORK_SECRET up, a row that rests on nearness alone (same level, member) shows METADATA at most, unless the scope
 *       lists the viewer;
 *   <li>each caveat of the label that the row does not open lowers the view as {@link CaveatCeiling} says; of several the
 *       lowest counts.
 * </ol>
 *
 * The sister agency (operatedWith) reads as owner by its row, but a label shuts it out like anybody else: the circle is the
 * owner's to draw. See {@code docs/adr/0010-label-ceiling.md}.
 */
final class LabelCeiling {
    private static final Set<Caveat> BINDING = Set.of(Caveat.NO_FORWARD, Caveat.NO_EXPORT);

    private final CaveatCeiling caveats;

    LabelCeiling(CaveatCeiling caveats) {
        this.caveats = caveats;
    }

    /** @param view what is left; empty = nothing. @param reasons what lowered it, empty if nothing did */
    record Left(Match match, Optional<View> view, List<String> reasons) {
        static Left whole(Match match) {
            return new Left(match, Optional.of(match.row().view()), List.of());
        }

        private static Left nothing(Match match, String reason) {
            return new Left(match, Optional.empty(), List.of(reason));
        }
    }

    Left of(Match match, Viewer viewer, RecordFacts facts) {
        if (match.row().statutory() || viewer.unit().equals(facts.ownerUnit())) {
            return Left.whole(match);
        }
        Label label = facts.label();
        if (label.pendingReview()) {
            return Left.nothing(match, "label:pending-review");
        }
        boolean listed = isListed(label, viewer.unit(), viewer.signedOfficer());
        boolean narrowed = !label.scope().isEmpty() || label.level() == Level.WORK_SECRET_LIMITED;
        if (narrowed && !listed) {
            return Left.nothing(match, "label:scope");
        }
        return lowered(match, label, listed);
    }

    private Left lowered(Match match, Label label, boolean listed) {
        View view = match.row().view();
        TreeSet<String> reasons = new TreeSet<>();
        if (label.level().atLeast(Level.WORK_SECRET)
                && match.row().isGeneric()
                && !listed
                && view.compareTo(View.METADATA) > 0) {
            view = View.METADATA;
            reasons.add("label:level:" + label.level());
        }
        for (Caveat caveat : label.caveats()) {
            if (match.row().opens().contains(caveat)) {
                continue;
            }
            Optional<View> most = caveats.of(caveat).most();
            if (most.isEmpty()) {
                return Left.nothing(match, "label:caveat:" + caveat);
            }
            if (match.row().view().compareTo(most.get()) > 0) {
                reasons.add("label:caveat:" + caveat);
                view = view.min(most.get());
            }
        }
        return new Left(match, Optional.of(view), List.copyOf(reasons));
    }

    /**
     * What in a label keeps a record from leaving the system in this view: a review that is due, work secrets, a circle of readers, 不得转递 and
     * 不得导出 on the record or one of its fields, and caveats that are not opened.
     */
    Optional<String> keepsInside(Set<Caveat> opens, View wanted, Label label) {
        if (label.pendingReview()) {
            return Optional.of("label:pending-review");
        }
        if (label.level().atLeast(Level.WORK_SECRET)) {
            return Optional.of("label:level:" + label.level());
        }
        if (!label.scope().isEmpty()) {
            return Optional.of("label:scope");
        }
        return Stream.concat(
                        label.caveats().stream(),
                        label.fields().stream()
                                .flatMap(field -> field.caveats().stream())
                                .filter(BINDING::contains))
                .filter(caveat -> !opens.contains(caveat))
                .filter(caveat -> BINDING.contains(caveat)
                        || caveats.of(caveat)
                                .most()
                                .filter(most -> most.shows(wanted))
                                .isEmpty())
                .sorted()
                .findFirst()
                .map(caveat -> "label:caveat:" + caveat);
    }

    private static boolean isListed(Label label, String unit, @Nullable String signedOfficer) {
        return label.scope().units().contains(unit)
                || (signedOfficer != null && label.scope().persons().contains(signedOfficer));
    }
}
