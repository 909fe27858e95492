package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
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
import org.xietong.matter.Occurred;
import org.xietong.matter.Precision;

/**
 * Tells the clocks of what was done to a record, in the transaction that does it. A backfilled record starts and fulfils none, but in a
 * live filing: what happens there is measured, however late it was entered.
 */
@ApplicationScoped
class RecordClocks {
    private final CaseClocks clocks;

    RecordClocks(CaseClocks clocks) {
        this.clocks = clocks;
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

    /** The acts that brought a backfilled record to its state, all on the day that it names; each for whom the content says it reached. */
    void followed(
            WriteContext context, RecordEntity record, Content content, List<Act> acts, @Nullable Occurred occurred) {
        for (int i = 0; i < acts.size(); i++) {
            Act act = acts.get(i);
            // No version is theirs: the record's first has them all
            int number = Integer.MIN_VALUE + i;
            Happening happening = new Happening(
                    act.name(), number, act.to(), content.reached(act), List.of(), Set.of(), Set.of(), false);
            tell(context, record, record.id, content, happening, moment(context, occurred));
        }
    }

    /** What the past of a backfilled record left standing. It starts no clock; who is in custody decides which ones start later. */
    void stands(WriteContext context, RecordRow record, String milestone, Set<UUID> concerned) {
        clocks.happened(new CaseEvent(
                record.matter(),
                record.id(),
                record.version(),
                record.filing() == null ? record.id() : record.filing(),
                record.kind(),
                record.attributes(),
                "",
                record.state(),
                Moment.of(
                        record.occurredAt() == null
                                ? context.at().atZone(Occurred.ZONE).toLocalDate()
                                : record.occurredAt().atZone(Occurred.ZONE).toLocalDate()),
                context.at(),
                record.ownerUnit(),
                record.addressees(),
                concerned,
                Set.of(milestone),
                Set.of()));
    }

    /** An act was taken on a record. */
    void acted(WriteContext context, RecordEntity record, Content content, Done done, @Nullable Occurred occurred) {
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
