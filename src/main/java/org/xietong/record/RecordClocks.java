package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.deadline.CaseClocks;
import org.xietong.deadline.CaseEvent;
import org.xietong.deadline.Moment;
import org.xietong.matter.Matters;
import org.xietong.matter.Occurred;
import org.xietong.matter.Precision;

/**
 * Tells the clocks of what was done to a record, in the transaction that does it. A backfilled record starts and fulfils none, but in a
 * live filing: what happens there is measured, however late it was entered.
 */
@ApplicationScoped
class RecordClocks {
    private final CaseClocks clocks;
    private final RecordRows rows;
    private final Matters matters;

    RecordClocks(CaseClocks clocks, RecordRows rows, Matters matters) {
        this.clocks = clocks;
        this.rows = rows;
        this.matters = matters;
    }

    /**
     * A record was registered; one of the past only takes reasons away, as a prosecution does those of the custody before it.
     *
     * @param filing how the filing came here that it is a stage of
     */
    void created(
            WriteContext context,
            RecordEntity record,
            Content content,
            @Nullable Occurred occurred,
            Optional<Origin> filing) {
        boolean past = record.origin == Origin.BACKFILL && filing.orElse(Origin.BACKFILL) == Origin.BACKFILL;
        Happening created = new Happening(
                Rights.CREATE, record.version, record.state, content.accused(), List.of(), Set.of(), Set.of(), past);
        tell(context, record, record.id, content, created, begun(context, content, occurred));
    }

    /**
     * The acts that brought a backfilled record to its state; each on the day that the content says, else on that of the record, and for whom
     * the content says that it reached.
     */
    void followed(
            WriteContext context, RecordEntity record, Content content, List<Act> acts, @Nullable Occurred occurred) {
        for (int i = 0; i < acts.size(); i++) {
            Act act = acts.get(i);
            // No version is theirs: the record's first has them all
            int number = Integer.MIN_VALUE + i;
            // What it set is told by what still stands
            Happening happening = new Happening(
                    act.name(), number, act.to(), content.reached(act), List.of(), Set.of(), act.revokes(), false);
            tell(context, record, record.id, content, happening, passed(context, content, act, occurred));
        }
    }

    /**
     * What the past of a backfilled record left standing. It starts no clock; who is in custody decides which ones start later.
     *
     * @param since the day that the content says; that of the record where it says none
     */
    void stands(
            WriteContext context, RecordRow record, String milestone, Set<UUID> concerned, @Nullable LocalDate since) {
        LocalDate today = context.at().atZone(Occurred.ZONE).toLocalDate();
        LocalDate occurred = record.occurredAt() == null
                ? today
                : record.occurredAt().atZone(Occurred.ZONE).toLocalDate();
        clocks.happened(new CaseEvent(
                record.matter(),
                record.id(),
                record.version(),
                record.filing() == null ? record.id() : record.filing(),
                record.kind(),
                record.attributes(),
                "",
                record.state(),
                Moment.of(since == null || since.isAfter(today) ? occurred : since),
                context.at(),
                record.ownerUnit(),
                record.addressees(),
                concerned,
                Set.of(milestone),
                Set.of()));
    }

    /**
     * An act was taken on a record.
     *
     * @param before its content before the act
     */
    void acted(
            WriteContext context,
            RecordEntity record,
            Content before,
            Content content,
            Done done,
            @Nullable Occurred occurred) {
        Act act = done.act();
        tell(
                context,
                record,
                Objects.requireNonNullElse(content.filing(done), record.id),
                content,
                new Happening(
                        act.name(),
                        record.version,
                        record.state,
                        done.concerned(),
                        done.to(),
                        act.sets(),
                        act.revokes(),
                        false),
                moment(context, occurred));
        UUID left = before.orderedFiling();
        UUID ordered = content.orderedFiling();
        if (left != null && !left.equals(ordered)) {
            tellFiling(context, record, content, left, CaseEvent.LEAVES, moment(context, occurred));
        }
        if (ordered != null) {
            tellFiling(context, record, content, ordered, act.name(), moment(context, occurred));
        }
    }

    /** In whichever matter the filing stands: its conclusion is told there. */
    private void tellFiling(
            WriteContext context, RecordEntity record, Content content, UUID filing, String act, Moment at) {
        if (!clocks.waitFor(CaseEvent.ORDERED_FILING, act)) {
            return;
        }
        for (RecordRow row : rows.byIds(List.of(filing))) {
            matters.lock(row.matter());
            clocks.happened(new CaseEvent(
                    row.matter(),
                    record.id,
                    record.version,
                    filing,
                    CaseEvent.ORDERED_FILING,
                    Map.of(),
                    act,
                    record.state,
                    at,
                    context.at(),
                    record.ownerUnit,
                    content.liesWith(List.of(record.addressees)),
                    Set.of(),
                    Set.of(),
                    Set.of()));
        }
    }

    /** What was done, by which number of the record's and into which state, whom it concerned, which milestones it moved, and whether it is registered as of the past. */
    private record Happening(
            String act,
            int number,
            String state,
            Set<UUID> concerned,
            List<String> to,
            Set<String> sets,
            Set<String> revokes,
            boolean past) {
        Map<String, String> attributes(Content content) {
            Map<String, String> facts = new HashMap<>(content.clockFacts());
            if (past) {
                facts.put(CaseEvent.PAST, "true");
            }
            return facts;
        }
    }

    /** @param about the filing that it is about where it is no stage of one; the record itself where nobody said which */
    private void tell(
            WriteContext context, RecordEntity record, UUID about, Content content, Happening happening, Moment at) {
        if (!clocks.waitFor(record.kind, happening.act())) {
            return;
        }
        clocks.happened(new CaseEvent(
                record.matter,
                record.id,
                happening.number(),
                Objects.requireNonNullElse(record.filing, about),
                record.kind,
                happening.attributes(content),
                happening.act(),
                happening.state(),
                at,
                context.at(),
                record.ownerUnit,
                happening.to().isEmpty() ? content.liesWith(List.of(record.addressees)) : happening.to(),
                happening.concerned(),
                happening.sets(),
                happening.revokes()));
    }

    /** The day that its content states, where that is what starts the time: late registration gives nobody more of it. */
    private static Moment begun(WriteContext context, Content content, @Nullable Occurred occurred) {
        return content.begunOn() == null ? moment(context, occurred) : Moment.of(content.begunOn());
    }

    private static Moment passed(WriteContext context, Content content, Act act, @Nullable Occurred occurred) {
        LocalDate on = content.on(act);
        LocalDate today = context.at().atZone(Occurred.ZONE).toLocalDate();
        return on == null || on.isAfter(today) ? moment(context, occurred) : Moment.of(on);
    }

    /** When it happened; where nobody knows the day, when it was recorded. */
    private static Moment moment(WriteContext context, @Nullable Occurred occurred) {
        if (occurred == null || occurred.time() == null || occurred.day().isEmpty()) {
            return Moment.of(context.at());
        }
        return occurred.precision() == Precision.MINUTE
                ? Moment.of(occurred.time().toInstant())
                : Moment.of(occurred.day().get());
    }
}
