package org.xietong.api;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.policy.View;

/**
 * What the access matrix of the domain (section 6) and the rules for labels give, worked out here by hand: no policy
 * file, no engine. Units are named {@code AGENCY-division}.
 */
final class MatrixOracle {
    private MatrixOracle() {}

    /** How a record is labelled. */
    enum Mark {
        INTERNAL,
        WORK_SECRET_PENDING,
        WORK_SECRET,
        LIMITED
    }

    /**
     * A record in its situation.
     *
     * @param what {@code clue}, or the type of a filing
     * @param listed units and officers in the label's scope
     */
    record Situation(
            String what,
            String owner,
            Set<String> addressees,
            Set<String> senders,
            Set<String> members,
            Set<String> milestones,
            Mark mark,
            Set<String> listed) {}

    /** Who reads. */
    record Reader(String unit, @Nullable String signing, boolean attended) {}

    /** A cell of the matrix: its view, and whether it rests on nearness alone. */
    private record Cell(View view, boolean near) {
        static final Optional<Cell> OUT_OF_SIGHT = Optional.empty();
        static final Optional<Cell> FULL = Optional.of(new Cell(View.FULL, false));

        static Optional<Cell> near(boolean holds, View view) {
            return holds ? Optional.of(new Cell(view, true)) : OUT_OF_SIGHT;
        }

        static Optional<Cell> stated(boolean holds, View view) {
            return holds ? Optional.of(new Cell(view, false)) : OUT_OF_SIGHT;
        }
    }

    static Optional<View> view(Situation s, Reader reader) {
        return cell(s, reader.unit())
                .flatMap(cell -> labelled(s, reader, cell))
                .map(view -> attended(s, reader) ? view : view.min(View.SUMMARY));
    }

    private static Optional<Cell> cell(Situation s, String unit) {
        if (unit.equals(s.owner())) {
            return Cell.FULL;
        }
        boolean near = division(unit).equals(division(s.owner()));
        return switch (agency(unit)) {
            case "PROC" -> Cell.stated(near, View.FULL);
            case "AUD" -> Cell.near(near, View.METADATA);
            case "COURT" -> court(s, unit, near);
            case "POLICE" -> police(s, unit, near);
            case "MSA", "IPO", "COPYRIGHT" -> administration(s, unit, near);
            default -> throw new IllegalArgumentException(unit);
        };
    }

    private static Optional<Cell> court(Situation s, String unit, boolean near) {
        return switch (s.what()) {
            case "clue" -> Cell.stated(s.addressees().contains(unit), View.FULL);
            case "CRIMINAL" -> Cell.stated(near && s.milestones().contains("INDICTED"), View.FULL);
            case "ADMINISTRATIVE" ->
                s.milestones().contains("LAWSUIT") ? Cell.stated(near, View.FULL) : Cell.near(near, View.SUMMARY);
            default -> Cell.OUT_OF_SIGHT;
        };
    }

    private static Optional<Cell> police(Situation s, String unit, boolean near) {
        return switch (s.what()) {
            case "clue" -> s.addressees().contains(unit) ? Cell.FULL : Cell.near(near, View.SUMMARY);
            case "ADMINISTRATIVE" ->
                s.milestones().contains("TRANSFERRED") ? Cell.stated(near, View.FULL) : Cell.near(near, View.SUMMARY);
            case "CIVIL" -> Cell.near(s.members().contains(unit), View.SUMMARY);
            default -> Cell.OUT_OF_SIGHT;
        };
    }

    private static Optional<Cell> administration(Situation s, String unit, boolean near) {
        boolean sister = near && Set.of("MSA", "IPO").containsAll(Set.of(agency(unit), agency(s.owner())));
        return switch (s.what()) {
            case "clue" -> sister ? Cell.FULL : Cell.near(near, View.SUMMARY);
            case "CRIMINAL" ->
                s.senders().contains(unit)
                        ? Cell.stated(true, View.SUMMARY)
                        : Cell.stated(near && s.milestones().contains("CUSTODY"), View.METADATA);
            case "ADMINISTRATIVE" -> Cell.stated(sister, View.FULL);
            default -> Cell.near(s.members().contains(unit), View.SUMMARY);
        };
    }

    /** A label only lowers; neither the owner nor the supervising procuratorate is shut out. */
    private static Optional<View> labelled(Situation s, Reader reader, Cell cell) {
        if (reader.unit().equals(s.owner()) || agency(reader.unit()).equals("PROC")) {
            return Optional.of(cell.view());
        }
        boolean listed = s.listed().contains(reader.unit())
                || (reader.signing() != null && s.listed().contains(reader.signing()));
        return switch (s.mark()) {
            case INTERNAL -> Optional.of(cell.view());
            case WORK_SECRET_PENDING -> Optional.empty();
            case WORK_SECRET -> Optional.of(cell.near() ? cell.view().min(View.METADATA) : cell.view());
            case LIMITED -> listed ? Optional.of(cell.view()) : Optional.empty();
        };
    }

    private static boolean attended(Situation s, Reader reader) {
        return reader.attended()
                || reader.unit().equals(s.owner())
                || s.addressees().contains(reader.unit());
    }

    static String agency(String unit) {
        return unit.substring(0, unit.indexOf('-'));
    }

    private static String division(String unit) {
        return unit.substring(unit.indexOf('-') + 1);
    }
}
