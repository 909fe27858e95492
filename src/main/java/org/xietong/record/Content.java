package org.xietong.record;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.matter.Participant;
import org.xietong.matter.Participants;
import org.xietong.problem.FieldFault;

/**
 * The typed content of a record; each kind is one Java record in {@code kind}. Its components carry {@code @Shown},
 * {@code @ZhName} and their constraints, and may all be null: a redacted view is the same type with what is hidden left out. So
 * constructors check nothing; drafts are checked by {@link ContentReader} and {@link #check}.
 */
public interface Content {
    /** The code of {@code record-kinds}. */
    String kind();

    /** The states and acts of a record with this content. */
    Lifecycle lifecycle();

    /** Null in a copy that hides them, or where none were stated. */
    @Nullable
    List<Participant> participants();

    /** The same content with the participants' assigned ids, every reference to them resolved. */
    default Content withParticipants(Participants.Identified identified) {
        return Contents.identified(this, identified);
    }

    /** The form that is stored: numbers that pass their check in their normal form. */
    default Content normalised() {
        return Contents.normalised(this);
    }

    /** What the act itself decides in the content, e.g. {@code file} sets the decision FILED; in components {@code @ByAct}. */
    default Content after(Done done) {
        return this;
    }

    /**
     * The state that the act leaves, asked of the content {@link #after} it: an act that concerns participants one by one reaches
     * its state with the last of them.
     */
    default String stateAfter(Act act, String before) {
        return act.to();
    }

    /** The participants whom the act can concern as things stand. */
    default Set<UUID> open(Act act) {
        return Lookup.participants(this);
    }

    /** Of how many of the {@link #open} the act may be. */
    default Reach reach(Act act) {
        return Reach.ANY;
    }

    /** See {@link #reach}. */
    enum Reach {
        /** Those whom the request names, or all. */
        ANY,
        /** All or none: the act is of the whole case. */
        ALL,
        /** Not all: of the whole case there is another act. */
        SOME
    }

    /** The participants whom the act has concerned, as this content tells; of a backfilled record nothing else does. */
    default Set<UUID> reached(Act act) {
        return Lookup.participants(this);
    }

    /** Whether a record with this content is a stage of a criminal filing, which its draft then names. */
    default OfFiling ofFiling() {
        return OfFiling.NO;
    }

    /** See {@link #ofFiling}. */
    enum OfFiling {
        NO,
        MAY,
        MUST
    }

    /** The attributes that policy conditions may name, e.g. {@code filingType}; they never change. */
    default Map<String, String> attributes() {
        return Map.of();
    }

    /**
     * Faults between fields, and between fields and the state, that no constraint and no reference can tell. Pointers start at the
     * content.
     */
    List<FieldFault> check(String state);
}
