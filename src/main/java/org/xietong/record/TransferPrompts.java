package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Unit;
import org.xietong.deadline.CaseClocks;
import org.xietong.deadline.Moment;
import org.xietong.deadline.PromptEvent;
import org.xietong.matter.Occurred;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.TransferPromptRows.Transferred;
import org.xietong.threshold.Assessment;
import org.xietong.threshold.Suspected;
import org.xietong.threshold.Thresholds;

/**
 * Raises prompts to consider a transfer, and ends them, in the transaction of whatever raises and ends them (国务院令310号 art. 3, 5; I10).
 * The caller holds the matter's lock. A backfilled record raises none.
 *
 * <p>A prompt is answered by a transfer to the police of the record's owner in the same matter, from the report to the head on, if it
 * names the record or was registered after it; by the record's own handing over; or by a decision not to transfer. A transfer that
 * is recalled answers nothing any more.
 */
@ApplicationScoped
class TransferPrompts {
    private static final String DECLINED = "DECLINED";
    private static final String RECALLED = "RECALLED";

    private final TransferPromptRows rows;
    private final RecordRows records;
    private final Kinds kinds;
    private final StoredJson json;
    private final CaseClocks clocks;
    private final CurrentPolicy policy;

    TransferPrompts(
            TransferPromptRows rows,
            RecordRows records,
            Kinds kinds,
            StoredJson json,
            CaseClocks clocks,
            CurrentPolicy policy) {
        this.rows = rows;
        this.records = records;
        this.kinds = kinds;
        this.json = json;
        this.clocks = clocks;
        this.policy = policy;
    }

    /** A record as far as prompts are about it. */
    private record Subject(
            UUID id,
            String kind,
            UUID matter,
            String owner,
            int version,
            Instant recordedAt,
            Assessment measured,
            boolean handedOver) {}

    /** A record was written: what it states raises a prompt or none, and what it is answers those of others. */
    void written(WriteContext context, RecordEntity record, Content content) {
        if (content.answersPrompts()) {
            follow(context, record.matter, record.ownerUnit);
        }
        content.suspected(record.state)
                .filter(suspected -> record.origin == Origin.LIVE)
                .map(suspected -> subject(record, suspected))
                .filter(subject -> record.version > 1 || subject.measured().prompts())
                .ifPresent(subject -> settle(
                        context, subject, rows.last(subject.id()), rows.transfers(subject.matter(), subject.owner())));
    }

    /** An officer decided not to transfer; his reasons stand in the act. */
    void decided(WriteContext context, RecordEntity record) {
        TransferPrompt last = rows.last(record.id)
                .filter(prompt -> prompt.state() != TransferPrompt.State.TRANSFERRED
                        && prompt.state() != TransferPrompt.State.LAPSED)
                .orElseThrow(() -> new ProblemException(ProblemType.STATE_CONFLICT));
        change(context, last, last.decided(context.at(), record.version, DraftRules.signer(context)));
    }

    /** The record was erased: nobody can consider it any more, and where it was a transfer it answers nothing any more. */
    void erased(WriteContext context, RecordRow record) {
        rows.last(record.id())
                .filter(prompt -> clocks.find(prompt.deadline())
                        .filter(deadline -> deadline.endedOn() == null)
                        .isPresent())
                .ifPresent(prompt -> tell(PromptEvent.LAPSE, prompt, context.at()));
        moved(context, record);
    }

    /** The record was erased, put out of sight or brought back into it: what it answered, where it was a transfer, stands anew. */
    void moved(WriteContext context, RecordRow record) {
        if (json.read(record.content(), kinds.byCode(record.kind()).contentType())
                .answersPrompts()) {
            follow(context, record.matter(), record.ownerUnit());
        }
    }

    /** Something became of a transfer: the unit's prompts in the matter stand to it anew. */
    private void follow(WriteContext context, UUID matter, String owner) {
        List<TransferPrompt> prompts = rows.last(matter, owner);
        if (prompts.isEmpty()) {
            return;
        }
        Map<UUID, RecordRow> subjects = records
                .byIds(prompts.stream().map(TransferPrompt::record).toList())
                .stream()
                .filter(row -> row.erased() == null)
                .collect(Collectors.toMap(RecordRow::id, Function.identity()));
        List<Transferred> transfers = rows.transfers(matter, owner);
        for (TransferPrompt prompt : prompts) {
            Optional.ofNullable(subjects.get(prompt.record()))
                    .flatMap(this::subject)
                    .ifPresent(subject -> settle(context, subject, Optional.of(prompt), transfers));
        }
    }

    private void settle(
            WriteContext context, Subject subject, Optional<TransferPrompt> last, List<Transferred> transfers) {
        Answer answer = answer(subject, last, transfers);
        if (last.isEmpty() || last.get().state() == TransferPrompt.State.LAPSED) {
            if (subject.measured().prompts()) {
                raise(context, subject, last, answer);
            }
            return;
        }
        TransferPrompt prompt = last.get();
        switch (prompt.state()) {
            case OPEN -> settleOpen(context, subject, prompt, answer);
            case TRANSFERRED -> {
                if (answer.by() != TransferPrompt.State.OPEN) {
                    change(context, prompt, prompt.ended(answer.by(), context.at(), answer.transfer()));
                } else if (subject.measured().prompts()) {
                    raise(context, subject, last, answer);
                }
            }
            case DECLINED, CONSIDERED -> {
                if (answer.by() == TransferPrompt.State.TRANSFERRED) {
                    change(context, prompt, prompt.ended(answer.by(), context.at(), answer.transfer()));
                } else if (isMore(subject.measured(), prompt.measured())) {
                    raise(context, subject, last, Answer.NONE);
                }
            }
            case LAPSED -> throw new IllegalStateException();
        }
    }

    private void settleOpen(WriteContext context, Subject subject, TransferPrompt prompt, Answer answer) {
        if (answer.by() != TransferPrompt.State.OPEN) {
            change(context, prompt, prompt.ended(answer.by(), context.at(), answer.transfer()));
        } else if (!subject.measured().prompts()) {
            change(context, prompt, prompt.ended(TransferPrompt.State.LAPSED, context.at(), null));
        } else {
            change(context, prompt, prompt.measured(subject.measured()));
        }
    }

    /** Whether there is more to consider than was. */
    private static boolean isMore(Assessment now, Assessment considered) {
        return !considered.reached().containsAll(now.reached()) || now.suspicion() && !considered.suspicion();
    }

    /** By what a prompt is answered as things stand; OPEN where by nothing. */
    private record Answer(TransferPrompt.State by, @Nullable UUID transfer) {
        static final Answer NONE = new Answer(TransferPrompt.State.OPEN, null);
    }

    private static Answer answer(Subject subject, Optional<TransferPrompt> last, List<Transferred> transfers) {
        List<Transferred> about = transfers.stream()
                .filter(each ->
                        subject.id().equals(each.cameOf()) || !each.recordedAt().isBefore(subject.recordedAt()))
                .filter(each -> !each.state().equals(RECALLED))
                .toList();
        Optional<Transferred> live =
                about.stream().filter(each -> !each.state().equals(DECLINED)).findFirst();
        if (live.isPresent() || subject.handedOver()) {
            return new Answer(
                    TransferPrompt.State.TRANSFERRED, live.map(Transferred::id).orElse(null));
        }
        // A refusal from before the prompt was raised has not considered what raised it
        return about.stream()
                .filter(each -> last.filter(
                                prompt -> !prompt.isOpen() || !each.recordedAt().isBefore(prompt.raisedAt()))
                        .isPresent())
                .findFirst()
                .map(each -> new Answer(TransferPrompt.State.DECLINED, each.id()))
                .orElse(Answer.NONE);
    }

    /** What is answered already has no clock; it stands there so that it can be opened again. */
    private void raise(WriteContext context, Subject subject, Optional<TransferPrompt> last, Answer answer) {
        boolean transferred = answer.by() == TransferPrompt.State.TRANSFERRED;
        TransferPrompt raised = new TransferPrompt(
                UUID.randomUUID(),
                subject.matter(),
                subject.id(),
                last.map(prompt -> prompt.number() + 1).orElse(1),
                subject.kind(),
                subject.owner(),
                subject.version(),
                context.at(),
                subject.measured(),
                transferred ? TransferPrompt.State.TRANSFERRED : TransferPrompt.State.OPEN,
                transferred ? context.at() : null,
                transferred ? answer.transfer() : null,
                null,
                null);
        rows.add(raised);
        if (raised.isOpen()) {
            tell(PromptEvent.RAISE, raised, context.at());
        }
    }

    private void change(WriteContext context, TransferPrompt before, TransferPrompt after) {
        if (before.equals(after)) {
            return;
        }
        rows.change(after);
        if (before.isOpen() && !after.isOpen()) {
            boolean lapsed = after.state() == TransferPrompt.State.LAPSED;
            tell(lapsed ? PromptEvent.LAPSE : PromptEvent.ANSWER, after, context.at());
        }
    }

    private void tell(PromptEvent what, TransferPrompt prompt, Instant at) {
        clocks.prompted(what, prompt.matter(), prompt.record(), prompt.number(), prompt.owner(), Moment.of(at));
    }

    private Subject subject(RecordEntity record, Suspected suspected) {
        return new Subject(
                record.id,
                record.kind,
                record.matter,
                record.ownerUnit,
                record.version,
                record.recordedAt,
                measured(suspected, record.recordedAt),
                suspected.handedOver() && isWithPolice(Set.of(record.addressees)));
    }

    private Optional<Subject> subject(RecordRow row) {
        Content content = json.read(row.content(), kinds.byCode(row.kind()).contentType());
        return content.suspected(row.state())
                .map(suspected -> new Subject(
                        row.id(),
                        row.kind(),
                        row.matter(),
                        row.ownerUnit(),
                        row.version(),
                        row.recordedAt(),
                        measured(suspected, row.recordedAt()),
                        suspected.handedOver() && isWithPolice(Set.copyOf(row.addressees()))));
    }

    /** How the content stands to the law of its day; of the day of its registration where it states none. */
    static Assessment measured(Suspected suspected, Instant recordedAt) {
        LocalDate day =
                suspected.on() == null ? recordedAt.atZone(Occurred.ZONE).toLocalDate() : suspected.on();
        return Thresholds.standard().assess(suspected, day);
    }

    /** Whom an agency hands a lead to, and not the police, considers it himself. */
    private boolean isWithPolice(Set<String> addressees) {
        return addressees.stream()
                .flatMap(unit -> policy.units().find(unit).stream())
                .map(Unit::agency)
                .anyMatch(AgencyCode.POLICE::equals);
    }
}
