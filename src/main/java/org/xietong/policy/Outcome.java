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
 * a field is hidden only if every one hides it, and the sight is limited to participants only if every one is limited. The row
 * that opens most, hides least and comes first by id gives its name; a grant comes first, since it is here only where it shows more than the rows
 * ({@link PolicyEngine}). Where it is limited, the highest statutory row that is not stands beside it for the others.
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
            Optional<Set<UUID>> participants = participants(winners);
            return together(view, winners, participants, participants.flatMap(limit -> others(rows)));
        });
    }

    private static Optional<Decision.Others> others(List<LabelCeiling.Left> rows) {
        return of(rows.stream()
                        .filter(left -> left.match().row().statutory()
                                && left.match().participants().isEmpty())
                        .toList())
                .map(Outcome::unlimited);
    }

    private Decision.Others unlimited() {
        return new Decision.Others(view, opened, hidden);
    }

    private static Outcome together(
            View view,
            List<LabelCeiling.Left> winners,
            Optional<Set<UUID>> participants,
            Optional<Decision.Others> others) {
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
                participants,
                others,
                rows.stream().anyMatch(ViewRow::statutory),
                new ArrayList<>(ceilings));
    }

    private static Optional<Set<UUID>> participants(List<LabelCeiling.Left> winners) {
        Set<UUID> all = new HashSet<>();
        for (LabelCeiling.Left left : winners) {
            Optional<Set<UUID>> some = left.match().participants();
            if (some.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(some.get());
        }
        return Optional.of(all);
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
        Optional<Decision.Others> mine = participants.isEmpty() ? Optional.of(unlimited()) : others;
        Optional<Decision.Others> most = limit.participants.isEmpty() ? Optional.of(limit.unlimited()) : limit.others;
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
