package org.xietong.record;

import java.util.List;
import java.util.Map;
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
    Content withParticipants(Participants.Identified identified);

    /** The form that is stored: numbers that pass their check in their normal form, days at their precision. */
    Content normalised();

    /** What the act itself decides in the content, e.g. {@code file} sets the decision FILED. */
    default Content after(Act act) {
        return this;
    }

    /** What the state itself decides in the content: an amendment can neither add nor drop it. */
    default Content inState(String state) {
        return this;
    }

    /** The attributes that policy conditions may name, e.g. {@code filingType}. */
    default Map<String, String> attributes() {
        return Map.of();
    }

    /** Faults between fields, and between fields and the state, that no single constraint can tell. Pointers start at the content. */
    List<FieldFault> check(String state);
}
