package org.xietong.ledger;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subject that an exchange disclosed or changed, so that its owner finds the exchange.
 *
 * @param subject opaque id of what was touched
 * @param thread opaque id of the thread it belongs to
 * @param ownerUnit the unit that may ask who touched it
 * @param changed whether it was changed, rather than disclosed alone
 * @param parts indexes of the parts {@code disclosed} that show it: one per version that was shown
 * @param participants opaque ids of whom it concerns, as far as it was disclosed or changed
 */
public record Touched(
        UUID subject,
        @Nullable UUID thread,
        String ownerUnit,
        boolean changed,
        List<Integer> parts,
        Set<UUID> participants) {

    public Touched {
        parts = List.copyOf(parts);
        participants = Set.copyOf(participants);
    }

    /** One of which no part is known, and whom it concerns neither. */
    public Touched(UUID subject, @Nullable UUID thread, String ownerUnit, boolean changed) {
        this(subject, thread, ownerUnit, changed, List.of(), Set.of());
    }
}
