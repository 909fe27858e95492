package org.xietong.matter;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.policy.OfParticipant;

/** An element of a content that speaks of one participant of the same content: a record with a component {@code participant}. */
public interface OfStated extends OfParticipant {
    /** Id, or in a draft the {@code ref}. */
    @Nullable
    String participant();

    /** Of an element of the whole case, nobody, so that a milestone of one participant does not open it. */
    @Override
    default UUID participantId() {
        String stated = participant();
        return stated == null ? Names.NOBODY : UUID.fromString(stated);
    }
}
