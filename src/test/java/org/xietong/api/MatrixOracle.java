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
     * @param what {@code clue}, the type of a filing, or another kind, with its stage where the matrix asks for it
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
            Set<String> listed) {

        Situation sentBy(String... units) {
            return new Situation(what, owner, addressees, Set.of(units), members, milestones, mark, listed);
        }

        Situation to(String... units) {
            return new Situation(what, owner, Set.of(units), senders, members, milestones, mark, listed);
        }

        Situation in(String... units) {
            return new Situation(what, owner, addressees, senders, Set.of(units), milestones, mark, listed);
        }

        Situation after(String... reached) {
            return new Situation(what, owner, addressees, senders, members, Set.of(reached), mark, listed);
        }

        boolean reached(String milestone) {
            return milestones.contains(milestone);
        }
    }

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
        if (!Set.of("clue", "CRIMINAL", "ADMINISTRATIVE", "CIVIL").contains(s.what())) {
            return stage(s, unit, near);
        }
        return switch (agency(unit)) {
            case "PROC" -> Cell.stated(near, View.FULL);
            case "AUD" -> Cell.near(near, View.METADATA);
            case "COURT" -> court(s, unit, near);
            case "POLICE" -> police(s, unit, near);
            case "MSA", "IPO", "COPYRIGHT" -> administration(s, unit, near);
            default -> throw new IllegalArgumentException(unit);
        };
    }

    /** The rows of the stages, one kind after the other. */
    private static Optional<Cell> stage(Situation s, String unit, boolean near) {
        String agency = agency(unit);
        boolean addressed = s.addressees().contains(unit);
        boolean sent = s.senders().contains(unit);
        boolean administration = Set.of("MSA", "IPO", "COPYRIGHT").contains(agency);
        View view = switch (s.what()) {
            case "penalty" ->
                switch (agency) {
                    case "PROC" -> View.FULL;
                    case "COURT" -> s.reached("LAWSUIT") ? View.FULL : View.SUMMARY;
                    case "POLICE" -> addressed || s.reached("TRANSFERRED") ? View.FULL : View.SUMMARY;
                    case "MSA", "IPO" -> View.FULL;
                    case "AUD" -> View.METADATA;
                    default -> null;
                };
            case "investigation EARLY", "investigation EXECUTED" -> {
                boolean executed = s.what().endsWith("EXECUTED");
                boolean opened = s.reached("ARREST_REQUESTED")
                        || s.reached("SENT_FOR_PROSECUTION")
                        || s.reached("EARLY_PARTICIPATION")
                        || s.reached("SUPERVISED");
                yield switch (agency) {
                    case "PROC" -> opened ? View.FULL : View.SUMMARY;
                    case "COURT" -> s.reached("INDICTED") ? View.FULL : null;
                    case "AUD" -> executed ? View.METADATA : null;
                    default -> administration && executed && s.reached("COERCION_NOTIFIED") ? View.METADATA : null;
                };
            }
            case "arrest" ->
                switch (agency) {
                    case "PROC" -> s.reached("ARREST_REQUESTED") ? View.FULL : null;
                    case "COURT" -> s.reached("INDICTED") ? View.FULL : null;
                    case "POLICE" -> null;
                    case "AUD" -> s.reached("ARRESTED") ? View.METADATA : null;
                    default ->
                        !s.reached("ARRESTED")
                                ? null
                                : sent ? View.SUMMARY : s.reached("COERCION_NOTIFIED") ? View.METADATA : null;
                };
            case "prosecution" ->
                switch (agency) {
                    case "COURT" -> s.reached("INDICTED") ? View.FULL : View.METADATA;
                    case "POLICE" -> sent || addressed ? View.FULL : null;
                    case "AUD" -> View.METADATA;
                    default -> administration ? (addressed ? View.FULL : View.SUMMARY) : null;
                };
            case "judgment PENDING" -> agency.equals("PROC") ? View.FULL : agency.equals("AUD") ? View.METADATA : null;
            case "judgment PRONOUNCED" ->
                switch (agency) {
                    case "PROC" -> View.FULL;
                    case "POLICE" -> s.reached("CUSTODY") && s.reached("JUDGED") ? View.SUMMARY : null;
                    case "AUD" -> View.METADATA;
                    default -> View.SUMMARY;
                };
            case "judgment EFFECTIVE" ->
                switch (agency) {
                    case "PROC" -> View.FULL;
                    case "AUD" -> View.METADATA;
                    default -> administration && (sent || addressed) ? View.FULL : View.SUMMARY;
                };
            case "enforcement" ->
                switch (agency) {
                    case "PROC" -> View.FULL;
                    case "AUD" -> View.METADATA;
                    default -> addressed ? View.FULL : View.SUMMARY;
                };
            case "supervision UNSERVED" -> null;
            case "supervision SERVED" ->
                addressed
                        ? View.FULL
                        : agency.equals("AUD") ? View.METADATA : sent && administration ? View.SUMMARY : null;
            case "patent-referral" ->
                switch (agency) {
                    case "MSA", "IPO" -> View.FULL;
                    case "PROC" -> View.SUMMARY;
                    case "AUD" -> View.METADATA;
                    default -> addressed ? View.FULL : null;
                };
            case "request UNSENT" -> null;
            case "request SENT" -> addressed ? View.FULL : agency.equals("AUD") ? View.METADATA : null;
            case "transfer" ->
                switch (agency) {
                    case "PROC", "MSA", "IPO" -> View.FULL;
                    case "AUD" -> View.METADATA;
                    default -> addressed ? View.FULL : null;
                };
            default -> throw new IllegalArgumentException(s.what());
        };
        return near && view != null ? Cell.stated(true, view) : Cell.OUT_OF_SIGHT;
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
                        : Cell.stated(near && s.milestones().contains("COERCION_NOTIFIED"), View.METADATA);
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
