package org.xietong.record;

import java.util.Set;

/**
 * One step of a lifecycle.
 *
 * @param name code of {@code acts}; with the path {@code /v1/{kind}s/{id}/acts/{name}}
 * @param from states in which it is possible
 * @param to state after it
 * @param actor who takes it; the policy says which units that are
 * @param needs what its request must bring
 * @param fields content fields that must be there once it is done
 * @param sets milestones set for the participants it concerns
 * @param revokes milestones revoked for them; what they had opened closes
 */
public record Act(
        String name,
        Set<String> from,
        String to,
        Actor actor,
        Set<Need> needs,
        Set<String> fields,
        Set<String> sets,
        Set<String> revokes) {

    /** Whose act it is. An addressee's act adds his own signed content; it never edits the owner's (I5). */
    public enum Actor {
        OWNER,
        ADDRESSEE
    }

    /** What the request of an act must bring. */
    public enum Need {
        /** A reason or report in words. */
        TEXT,
        /** The document number 文号 of the paper that the act rests on. */
        DOCUMENT_NUMBER,
        /** At least one unit addressed. */
        ADDRESSEES,
        /** When it happened. */
        OCCURRED
    }

    public Act {
        from = Set.copyOf(from);
        needs = Set.copyOf(needs);
        fields = Set.copyOf(fields);
        sets = Set.copyOf(sets);
        revokes = Set.copyOf(revokes);
    }

    /** An owner's act without further demands. */
    public static Act of(String name, String to, String... from) {
        return new Act(name, Set.of(from), to, Actor.OWNER, Set.of(), Set.of(), Set.of(), Set.of());
    }

    public Act byAddressee() {
        return new Act(name, from, to, Actor.ADDRESSEE, needs, fields, sets, revokes);
    }

    public Act needs(Need... demanded) {
        return new Act(name, from, to, actor, Set.of(demanded), fields, sets, revokes);
    }

    public Act fields(String... required) {
        return new Act(name, from, to, actor, needs, Set.of(required), sets, revokes);
    }

    public Act sets(String... milestones) {
        return new Act(name, from, to, actor, needs, fields, Set.of(milestones), revokes);
    }

    public Act revokes(String... milestones) {
        return new Act(name, from, to, actor, needs, fields, sets, Set.of(milestones));
    }
}
