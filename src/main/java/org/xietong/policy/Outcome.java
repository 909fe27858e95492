package org.xietong.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.xietong.label.Caveat;

/**
 * What several matching rows give together. The highest view wins. At that view, a caveat is open if any winning row opens it,
 * and a field is hidden only if every one hides it; where some of them are limited to participants, the others are shown what those
 * rows give that are not. The row
 * that opens most, hides least and comes first by id gives its name; a grant comes first, since it is here only where it shows more than the rows
 * ({@link PolicyEngine}). Where all are limited, the highest statutory row or grant that is not stands beside them for the others.
 */
record Outcome(
        ViewRow row,
        View view,
        Set<Caveat> opened,
        Set<String> hidden,
        Optional<Set<UUID>> participants,
        Optional<Decision.Others> others,
        boolean statutory,
        List<String> ceilings) {

    private static final Comparator<ViewRow> NAMED_FIRST = Comparator.comparing((ViewRow row) -> !row.isGrant())
            .thenComparingInt(row -> -row.opens().size())
            .thenComparingInt(row -> row.hide().size())
            .thenComparing(ViewRow::id);

    /** @return empty where no row leaves a view */
    static Optional<Outcome> of(List<LabelCeiling.Left> rows) {
        Optional<View> best =
                rows.stream().flatMap(left -> left.view().stream()).max(Comparator.naturalOrder());
        return best.map(view -> {
            List<LabelCeiling.Left> winners =
                    rows.stream().filter(left -> left.view().equals(best)).toList();
            List<LabelCeiling.Left> ofAll =
                    winners.stream().filter(Outcome::isOfEverybody).toList();
            Outcome together = together(view, winners);
            if (ofAll.size() == winners.size()) {
                return together;
            }
            Optional<Decision.Others> others = ofAll.isEmpty()
                    ? lesser(rows)
                    : Optional.of(together(view, ofAll).toAll());
            return others.equals(Optional.of(together.toAll())) ? together : together.limited(reached(winners), others);
        });
    }

    private static boolean isOfEverybody(LabelCeiling.Left left) {
        return left.match().participants().isEmpty();
    }

    private static Set<UUID> reached(List<LabelCeiling.Left> rows) {
        Set<UUID> all = new HashSet<>();
        rows.forEach(left -> left.match().participants().ifPresent(all::addAll));
        return all;
    }

    /** What law or two officers show of everybody stays beside a greater view of some; what is only near does not. */
    private static Optional<Decision.Others> lesser(List<LabelCeiling.Left> rows) {
        return of(rows.stream()
                        .filter(left -> left.match().row().statutory()
                                || left.match().row().isGrant())
                        .filter(Outcome::isOfEverybody)
                        .toList())
                .map(Outcome::toAll);
    }

    private Decision.Others toAll() {
        return new Decision.Others(view, opened, hidden);
    }

    private Outcome limited(Set<UUID> some, Optional<Decision.Others> others) {
        return new Outcome(row, view, opened, hidden, Optional.of(some), others, statutory, ceilings);
    }

    private static Outcome together(View view, List<LabelCeiling.Left> winners) {
        List<ViewRow> rows = winners.stream()
                .map(left -> left.match().row())
                .sorted(NAMED_FIRST)
                .toList();
        EnumSet<Caveat> opened = EnumSet.noneOf(Caveat.class);
        Set<String> hidden = new HashSet<>(rows.getFirst().hide());
        for (ViewRow row : rows) {
            opened.addAll(row.opens());
            hidden.retainAll(row.hide());
        }
        TreeSet<String> ceilings = new TreeSet<>();
        winners.forEach(left -> ceilings.addAll(left.reasons()));
        return new Outcome(
                rows.getFirst(),
                view,
                opened,
                hidden,
                Optional.empty(),
                Optional.empty(),
                rows.stream().anyMatch(ViewRow::statutory),
                new ArrayList<>(ceilings));
    }

    /**
     * This outcome, showing nothing that {@code limit} does not show. A label may let another row win than without it; it must
     * not thereby open anything.
     */
    Outcome within(Outcome limit) {
        EnumSet<Caveat> both = EnumSet.noneOf(Caveat.class);
        both.addAll(opened);
        both.retainAll(limit.opened);
        Set<String> either = new HashSet<>(hidden);
        either.addAll(limit.hidden);
        Optional<Set<UUID>> fewer = participants.isEmpty() ? limit.participants : participants;
        if (participants.isPresent() && limit.participants.isPresent()) {
            Set<UUID> common = new HashSet<>(participants.get());
            common.retainAll(limit.participants.get());
            fewer = Optional.of(common);
        }
        return new Outcome(row, view.min(limit.view), both, either, fewer, othersWithin(limit), statutory, ceilings);
    }

    /** Of those beyond either limit, what both show. */
    private Optional<Decision.Others> othersWithin(Outcome limit) {
        if (participants.isEmpty() && limit.participants.isEmpty()) {
            return Optional.empty();
        }
        Optional<Decision.Others> mine = participants.isEmpty() ? Optional.of(toAll()) : others;
        Optional<Decision.Others> most = limit.participants.isEmpty() ? Optional.of(limit.toAll()) : limit.others;
        return mine.flatMap(one -> most.map(other -> Decision.Others.both(one, other)));
    }

    /** Whether both show the same, by whichever rows. */
    boolean showsAs(Outcome other) {
        return view == other.view
                && opened.equals(other.opened)
                && hidden.equals(other.hidden)
                && participants.equals(other.participants)
                && others.equals(other.others);
    }

    /** What an unattended reader has of it: SUMMARY at most, no personal data. */
    Outcome unattended() {
        List<String> reasons = new ArrayList<>(ceilings);
        reasons.add("unattended");
        return new Outcome(
                row,
                view.min(View.SUMMARY),
                impersonal(opened),
                hidden,
                participants,
                others.map(o -> new Decision.Others(o.view().min(View.SUMMARY), impersonal(o.opened()), o.hidden())),
                statutory,
                reasons);
    }

    private static Set<Caveat> impersonal(Set<Caveat> opened) {
        EnumSet<Caveat> fewer = EnumSet.noneOf(Caveat.class);
        fewer.addAll(opened);
        fewer.remove(Caveat.PI);
        fewer.remove(Caveat.SENSITIVE_PI);
        return fewer;
    }
}
