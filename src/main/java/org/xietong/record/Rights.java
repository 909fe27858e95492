package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xietong.agency.Caller;
import org.xietong.policy.ActDecision;
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

    /** The right to create: there is no record yet, the caller will own it. */
    void requireCreate(Caller caller, Trace trace, String kind, Map<String, String> attributes) {
        trace.concerns(kind);
        require(caller, trace, kind, attributes, CREATE, Optional.empty());
    }

    /** Acts that the lifecycle allows now and the policy gives this caller. */
    List<String> actions(Caller caller, Seen<?> seen) {
        return seen.content().lifecycle().possibleIn(seen.row().state()).stream()
                .map(Act::name)
                .filter(act -> has(caller, seen.facts(), act))
                .toList();
    }

    /** Whether a unit, once addressed, would see the record and have one of the addressee's acts. */
    boolean canReceive(Seen<?> seen, String unit) {
        RecordFacts f = seen.facts();
        Set<String> addressees = new HashSet<>(f.addressees());
        addressees.add(unit);
        RecordFacts addressed = new RecordFacts(
                f.kind(),
                f.attributes(),
                f.ownerUnit(),
                addressees,
                f.senders(),
                f.members(),
                f.milestones(),
                f.participants(),
                f.label());
        Viewer receiver = new Viewer(unit, null, true);
        return seen.content().lifecycle().acts().stream()
                .filter(act -> act.actor() == Act.Actor.ADDRESSEE)
                .anyMatch(act ->
                        !(policy.engine().mayAct(receiver, f.kind(), f.attributes(), act.name(), Optional.of(addressed))
                                instanceof ActDecision.Refused));
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
        return switch (policy.engine()
                .mayAct(Seen.viewer(caller), facts.kind(), facts.attributes(), act, Optional.of(facts))) {
            case ActDecision.Allowed allowed -> true;
            case ActDecision.SignatureNeeded needed -> true;
            case ActDecision.Refused refused -> false;
        };
    }
}
