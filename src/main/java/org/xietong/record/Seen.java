package org.xietong.record;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.xietong.agency.Caller;
import org.xietong.policy.Decision;
import org.xietong.policy.RecordFacts;
import org.xietong.policy.Viewer;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** A record that a caller was found to see: the row, its content, the facts, and the decision that permits it. */
record Seen<C extends Content>(RecordRow row, C content, RecordFacts facts, Decision.Permitted permitted) {
    /** The participants of the record whom this sight does not leave out. */
    Set<UUID> participants() {
        return Lookup.participants(content).stream().filter(this::concerns).collect(Collectors.toUnmodifiableSet());
    }

    /** False of whom the milestones that opened this sight do not stand for, and of whom nothing else shows. */
    boolean concerns(UUID participant) {
        return permitted.others().isPresent()
                || permitted
                        .participants()
                        .map(limit -> limit.contains(participant))
                        .orElse(true);
    }

    /** @throws ProblemException ERASED */
    Seen<C> standing() {
        if (row.erased() != null) {
            throw new ProblemException(ProblemType.ERASED);
        }
        return this;
    }

    static Viewer viewer(Caller caller) {
        return new Viewer(caller.unit(), caller.signingOfficer().orElse(null), caller.attended());
    }

    /** Under which names the caller's sight stands in the table: his unit, and himself where he signed. */
    static List<String> viewers(Caller caller) {
        return caller.signingOfficer()
                .map(officer -> List.of(caller.unit(), officer))
                .orElseGet(() -> List.of(caller.unit()));
    }
}
