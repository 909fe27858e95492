package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.label.Milestone;
import org.xietong.matter.Competence;
import org.xietong.matter.Matters;
import org.xietong.matter.Occurred;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Lifecycle acts 办理动作: right, precondition, state, content, in this order; then state, milestones and handing over
 * change together with sight.
 */
@ApplicationScoped
public class RecordActs {
    private final RecordWriting writing;
    private final Rights rights;
    private final RecordViews views;
    private final RecordStore store;
    private final DraftRules rules;
    private final Matters matters;
    private final ActMilestones milestones;
    private final ProcuratorateCopies copying;
    private final AttachmentRows attachments;
    private final Feedback feedback;
    private final CarriedActs carried;
    private final Lookup lookup;
    private final Receivers receivers;

    RecordActs(
            RecordWriting writing,
            Rights rights,
            RecordViews views,
            RecordStore store,
            DraftRules rules,
            Matters matters,
            ActMilestones milestones,
            ProcuratorateCopies copying,
            AttachmentRows attachments,
            Feedback feedback,
            CarriedActs carried,
            Lookup lookup,
            Receivers receivers) {
        this.writing = writing;
        this.rights = rights;
        this.views = views;
        this.store = store;
        this.rules = rules;
        this.matters = matters;
        this.milestones = milestones;
        this.copying = copying;
        this.attachments = attachments;
        this.feedback = feedback;
        this.carried = carried;
        this.lookup = lookup;
        this.receivers = receivers;
    }

    /** Takes the act. Its path names it; one that the kind does not know is 404. */
    public <C extends Content> RecordView<C> act(
            WriteContext context, Kind<C> kind, UUID id, String name, ActDraft<C> draft, Precondition precondition) {
        Seen<C> seen = writing.locked(context, kind, id);
        Lifecycle lifecycle = seen.content().lifecycle();
        if (!lifecycle.knows(name)) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        rights.require(context.caller(), context.trace(), seen, name);
        rights.requireTurn(context.caller(), seen, name);
        precondition.check(views.view(context.caller(), kind, seen));
        Act act = lifecycle
                .act(name, seen.row().state())
                .orElseThrow(() -> new ProblemException(ProblemType.STATE_CONFLICT));
        rules.checkAct(context, seen, act, draft);
        requireAllowed(context, seen, act);
        List<String> to = draft.addressees() == null ? List.of() : draft.addressees();
        receivers.require(context.caller(), seen, act, to, seen.content().liesWithOne(act));
        requireRest(context, seen, act, draft);
        requireSupplied(context, seen, act, draft);
        rights.requireCompetence(context.caller(), act);
        C base = draft.content() == null
                ? seen.content()
                : store.identified(context, seen, draft.content(), Optional.of(act));
        writing.requireNamed(context, seen, base);
        Set<UUID> concerned = concerned(act, draft, base);
        Done done = done(context, act, draft, concerned);
        Optional<Feedback.Told> told =
                base.reports(act) ? Optional.of(feedback.draw(seen.row(), base)) : Optional.empty();
        C content = after(base, done, told);
        requireDay(done, content);
        String state = content.stateAfter(act, seen.row().state());
        rules.checkDone(content, act, state);
        requirePapers(seen, act, content);
        requireSomebody(concerned, content);
        requireOngoing(seen.row(), act, concerned);
        receivers.handOver(context, seen, to);
        List<String> copies = act.copied() ? copying.copy(context, seen.row(), done.to()) : List.of();
        milestones.move(context, seen.row(), act, concerned, content.reach(act) == Content.Reach.ALL);
        carried.take(context, content, act, state);
        RecordRow written = store.act(context, seen, done, draft, content, state, copies);
        told.ifPresent(each -> feedback.keep(context, written, each));
        return writing.answer(context, kind, written);
    }

    private static void requireAllowed(WriteContext context, Seen<?> seen, Act act) {
        if (!seen.content().allows(act)
                || seen.content().hasDone(act, context.caller().unit())) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
    }

    /** A record that the act rests on is the caller's own, and shows what the act says; any other fails like none. */
    private void requireRest(WriteContext context, Seen<?> seen, Act act, ActDraft<?> draft) {
        if (draft.record() == null) {
            return;
        }
        Content.Rest rest = seen.content()
                .restsOn(act)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_CONTENT, List.of(new FieldFault("/record", "NOT_ALLOWED"))));
        RecordRow own = lookup.own(context.caller(), rest.kind(), draft.record())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID_CONTENT, List.of(new FieldFault("/record", "UNKNOWN"))));
        if (!rest.fits(own)) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, List.of(new FieldFault("/record", "NOT_YET")));
        }
    }

    /** What is supplied is in the sight of who supplies it. */
    private void requireSupplied(WriteContext context, Seen<?> seen, Act act, ActDraft<?> draft) {
        if (draft.supplies() == null) {
            return;
        }
        if (!seen.content().supplies(act)) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT, List.of(new FieldFault("/supplies", "NOT_ALLOWED")));
        }
        Map<String, UUID> named = new LinkedHashMap<>();
        draft.supplies().forEach(id -> named.put("/supplies/" + named.size(), id));
        lookup.requireInSight(context.caller(), named);
    }

    /** In writing: what the content names must be there, stored, before it is handed over. */
    private void requirePapers(Seen<?> seen, Act act, Content content) {
        if (act.needs().contains(Act.Need.PAPERS)
                && !attachments.held(seen.row().id()).containsAll(content.attachmentsNeeded())) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT, List.of(new FieldFault("/content/papers", "NOT_ATTACHED")));
        }
    }

    /** Its day is today's where the request gives none; of a month, or of a time that nobody knows, it has none. */
    private static Done done(WriteContext context, Act act, ActDraft<?> draft, Set<UUID> concerned) {
        @Nullable
        LocalDate on = draft.occurred() == null
                ? context.at().atZone(Occurred.ZONE).toLocalDate()
                : draft.occurred().day().orElse(null);
        List<String> to = draft.addressees() == null ? List.of() : draft.addressees();
        return new Done(
                act,
                concerned,
                draft.documentNumber(),
                draft.reasonCode(),
                draft.note(),
                to,
                draft.record(),
                draft.supplies() == null ? List.of() : draft.supplies(),
                context.caller().unit(),
                on);
    }

    /** An act that nothing but its day tells of needs one. */
    private static void requireDay(Done done, Content content) {
        if (done.on() == null && !content.reached(done.act()).containsAll(done.concerned())) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT, List.of(new FieldFault("/occurred/precision", "DAY_NEEDED")));
        }
    }

    @SuppressWarnings("unchecked") // a content after an act is of its own type
    private static <C extends Content> C after(C content, Done done, Optional<Feedback.Told> told) {
        Content after = content.after(done);
        return (C) told.map(each -> after.reported(each.complete())).orElse(after);
    }

    /** Where there are participants, an act that could concern none of them is not possible as things stand. */
    private static void requireSomebody(Set<UUID> concerned, Content content) {
        if (concerned.isEmpty() && !Lookup.participants(content).isEmpty()) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
    }

    /** A case that is withdrawn is opened by no measure that is executed or notified late. */
    private void requireOngoing(RecordRow row, Act act, Set<UUID> concerned) {
        boolean investigates =
                act.sets().stream().map(Milestone::valueOf).anyMatch(Competence.OF_INVESTIGATION::contains);
        if (row.filing() != null && investigates && matters.isOver(row.filing(), concerned)) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
    }

    /** The participants that the act names, all of them open to it; none named means all. */
    private static Set<UUID> concerned(Act act, ActDraft<?> draft, Content content) {
        Set<UUID> all = content.open(act);
        List<UUID> names = names(draft);
        Set<UUID> concerned = names.isEmpty() ? all : Set.copyOf(new HashSet<>(names));
        List<FieldFault> faults = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            UUID named = names.get(i);
            if (!all.contains(named)) {
                boolean known = Lookup.participants(content).contains(named);
                faults.add(new FieldFault("/participants/" + i, known ? "NOT_OPEN" : "UNKNOWN"));
            }
        }
        switch (content.reach(act)) {
            case ANY -> {}
            case ALL -> {
                if (!concerned.equals(all)) {
                    faults.add(new FieldFault("/participants", "NOT_ALLOWED"));
                }
            }
            case SOME -> {
                if (!all.isEmpty() && concerned.equals(all)) {
                    faults.add(new FieldFault("/participants", names.isEmpty() ? "REQUIRED" : "NOT_ALLOWED"));
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
        return concerned;
    }

    private static List<UUID> names(ActDraft<?> draft) {
        return draft.participants() == null ? List.of() : draft.participants();
    }
}
