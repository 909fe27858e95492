package org.xietong.record;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.PaperNumber;

/**
 * An act as it was taken, for the content that it decides something in.
 *
 * @param concerned the participants whom it concerns, by id
 * @param documentNumber in the form that is stored
 * @param to units that it hands the record to
 * @param record of the actor's own that the act rests on
 * @param supplied records in the actor's sight that it supplies
 * @param by the unit that took it
 * @param on the day it happened, in Shanghai; none where a backfilled record does not know it
 */
public record Done(
        Act act,
        Set<UUID> concerned,
        @Nullable String documentNumber,
        @Nullable String reasonCode,
        @Nullable String note,
        List<String> to,
        @Nullable UUID record,
        List<UUID> supplied,
        String by,
        @Nullable LocalDate on) {
    public Done {
        concerned = Set.copyOf(concerned);
        to = List.copyOf(to);
        supplied = List.copyOf(supplied);
        documentNumber = documentNumber == null ? null : PaperNumber.stored(documentNumber);
    }

    /** Whether the act concerns the participant that an element of the content names; an element by {@code ref} is not there yet. */
    public boolean concerns(@Nullable UUID participant) {
        return participant != null && concerned.contains(participant);
    }
}
