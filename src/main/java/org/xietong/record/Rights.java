package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Caller;
import org.xietong.label.Milestone;
import org.xietong.matter.Competence;
import org.xietong.policy.ActDecision;
import org.xietong.policy.Decision;
import org.xietong.policy.RecordFacts;
import org.xietong.policy.Viewer;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Step 6 of the road: who may do what. The policy gives the right; the lifecycle says when. */
@ApplicationScoped
class Rights {
    static final String CREATE = "create";
    static final String AMEND = "amend";
    static final String REVIEW_LABEL = "review-label";
    static final String RELABEL = "relabel";
    /** To send a packet to an outside recipient, to fetch it for him, and to enter his answer. */
    static final String SEND_OUTSIDE = "send-outside";

    /** As history and journal name the second officer's act upon a lowering; the right is {@link #REVIEW_LABEL}. */
    static final String LOWER_LABEL = "lower-label";

    /** What a version says that came of taking a unit out again; the right to it is that to amend. */
    static final String WITHDRAW_ADDRESSEE = "withdraw-addressee";

    private final CurrentPolicy policy;

    Rights(CurrentPolicy policy) {
        this.policy = policy;
    }

    /** Refuses with 403: the caller sees the record, and may know that he has no right. */
    void require(Caller caller, Trace trace, Seen<?> seen, String act) {
        require(caller, trace, seen.facts().kind(), seen.facts().attributes(), act, Optional.of(seen.facts()));
    }

    /** Proposals and grants are the owner's unit's own business; whoever else sees the record learns of none (I4). */
    void requireOwner(Caller caller, Seen<?> seen) {
        if (!caller.unit().equals(seen.facts().ownerUnit())) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
    }

    /** The right to create: there is no record yet, the caller will own it. */
    void requireCreate(Caller caller, Trace trace, String kind, Map<String, String> attributes) {
        trace.concerns(kind);
        require(caller, trace, kind, attributes, CREATE, Optional.empty());
    }

    /** Acts that the lifecycle allows now and the policy gives this caller. */
    List<String> actions(Caller caller, Seen<?> seen) {
        return seen.content().lifecycle().possibleIn(seen.row().state()).stream()
                .filter(act -> seen.content().allows(act) && !seen.content().hasDone(act, caller.unit()))
                .filter(act -> isTurn(caller, seen, act))
                .map(Act::name)
                .filter(act -> has(caller, seen.facts(), act))
                .distinct()
                .toList();
    }

    /** An addressee whom the record lies with no more, or who got a copy, has no answer to give. */
    void requireTurn(Caller caller, Seen<?> seen, String act) {
        boolean turn = seen.content()
                .lifecycle()
                .act(act, seen.row().state())
                .map(found -> isTurn(caller, seen, found))
                .orElse(true);
        if (!turn) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
    }

    private static boolean isTurn(Caller caller, Seen<?> seen, Act act) {
        return act.actor() != Act.Actor.ADDRESSEE || seen.content().isTurnOf(caller.unit());
    }

    /** Whether a unit, once addressed by the act, would see the record and could answer, where an answer is due. */
    boolean canReceive(Seen<?> seen, Act act, String unit) {
        RecordFacts f = seen.facts();
        Map<String, String> attributes = new HashMap<>(f.attributes());
        attributes.putAll(seen.content().lifecycle().attributes(act.to()));
        RecordFacts addressed = new RecordFacts(
                f.kind(), attributes, f.units().addressing(unit), f.milestones(), f.participants(), f.label());
        Viewer receiver = new Viewer(unit, null, true);
        if (act.answeredBy().isEmpty()) {
            return policy.engine().decide(receiver, addressed) instanceof Decision.Permitted;
        }
        return act.answeredBy().stream().anyMatch(answer -> has(receiver, addressed, answer));
    }

    /** Milestones are the competent agency's, whatever a policy says of the act. */
    void requireCompetence(Caller caller, Act act) {
        AgencyCode agency = policy.units().find(caller.unit()).orElseThrow().agency();
        boolean competent = Stream.concat(act.sets().stream(), act.revokes().stream())
                .allMatch(milestone -> Competence.has(agency, Milestone.valueOf(milestone)));
        if (!competent) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
    }

    private void require(
            Caller caller,
            Trace trace,
            String kind,
            Map<String, String> attributes,
            String act,
            Optional<RecordFacts> facts) {
        ActDecision decision = policy.engine().mayAct(Seen.viewer(caller), kind, attributes, act, facts);
        trace.decided(decision.rule(), decision.policyVersion());
        switch (decision) {
            case ActDecision.Allowed allowed -> {}
            case ActDecision.SignatureNeeded needed ->
                throw new ProblemException(ProblemType.OFFICER_SIGNATURE_REQUIRED);
            case ActDecision.Refused refused -> throw new ProblemException(ProblemType.FORBIDDEN);
        }
    }

    /** Whether the right is there, be it with a signature that this request lacks. */
    private boolean has(Caller caller, RecordFacts facts, String act) {
        return has(Seen.viewer(caller), facts, act);
    }

    private boolean has(Viewer viewer, RecordFacts facts, String act) {
        return switch (policy.engine().mayAct(viewer, facts.kind(), facts.attributes(), act, Optional.of(facts))) {
            case ActDecision.Allowed allowed -> true;
            case ActDecision.SignatureNeeded needed -> true;
            case ActDecision.Refused refused -> false;
        };
    }
}
