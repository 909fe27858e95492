package org.xietong.matter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.problem.FieldFault;

/** What holds between a content's amounts and its participants. */
public final class Amounts {
    private Amounts() {}

    /** An amount's participant is one of the same content. */
    public static List<FieldFault> check(
            @Nullable List<Amount> amounts, @Nullable List<Participant> participants, String pointer) {
        List<FieldFault> faults = new ArrayList<>();
        List<Amount> all = amounts == null ? List.of() : amounts;
        for (int i = 0; i < all.size(); i++) {
            String reference = all.get(i).participant();
            if (reference != null && !Participants.names(participants, reference)) {
                faults.add(new FieldFault(pointer + "/" + i + "/participant", "UNKNOWN_REFERENCE"));
            }
        }
        return faults;
    }

    /** The same amounts with their references resolved to ids. */
    public static @Nullable List<Amount> resolve(@Nullable List<Amount> amounts, Participants.Identified identified) {
        return amounts == null
                ? null
                : amounts.stream()
                        .map(amount -> amount.withReference(identified::resolve))
                        .toList();
    }
}
