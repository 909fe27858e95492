package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.policy.ActDecision;
import org.xietong.policy.RecordFacts;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Step 6 of the road: who may do what. The policy gives the right; the lifecycle says when. */
@ApplicationScoped
class Rights {
    static final String CREATE = "create";
    static final String AMEND = "amend";
    static final String REVIEW_LABEL = "review-label";

    private final CurrentPolicy policy;

    Rights(CurrentPolicy policy) {
        this.policy = policy;
    }

    /** Refuses with 403: the caller sees the record, and may know that he has no right. */
    void require(Caller caller, Trace trace, Seen<?> seen, String act) {
        require(caller, trace, seen.facts().kind(), seen.facts().attributes(), act, seen.facts());
    }

    /** The right to create: there is no record yet, the caller will own it. */
    void requireCreate(Caller caller, Trace trace, String kind, Map<String, String> attributes) {
        trace.concerns(kind);
        require(caller, trace, kind, attributes, CREATE, null);
    }

    /** Acts that the lifecycle allows now and the policy gives this caller. */
    List<String> actions(Caller caller, Seen<?> seen) {
        return seen.content().lifecycle().possibleIn(seen.row().state()).stream()
                .map(Act::name)
                .filter(act -> decide(caller, seen.facts().kind(), seen.facts().attributes(), act, seen.facts())
                        instanceof ActDecision.Allowed)
                .toList();
    }

    private void require(
            Caller caller,
            Trace trace,
            String kind,
            Map<String, String> attributes,
            String act,
            @Nullable RecordFacts facts) {
        switch (decide(caller, kind, attributes, act, facts)) {
            case ActDecision.Allowed allowed -> trace.decided(allowed.rule(), policy.engine().version());
            case ActDecision.Refused refused -> {
                trace.decided(refused.rule(), policy.engine().version());
                throw new ProblemException(ProblemType.FORBIDDEN);
            }
        }
    }

    private ActDecision decide(
            Caller caller, String kind, Map<String, String> attributes, String act, @Nullable RecordFacts facts) {
        return policy.engine().mayAct(Seen.viewer(caller), kind, attributes, act, facts);
    }
}
