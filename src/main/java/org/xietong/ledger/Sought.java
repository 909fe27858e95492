package org.xietong.ledger;

import java.util.List;
import java.util.UUID;

/** What an auditor asks about, by opaque ids. */
public sealed interface Sought {
    /** One subject. */
    record Subject(UUID id) implements Sought {}

    /** All subjects of one thread. */
    record Thread(UUID id) implements Sought {}

    /** Whom subjects concern; one person may stand in several threads, under an id in each. */
    record Participants(List<UUID> ids) implements Sought {
        public Participants {
            ids = List.copyOf(ids);
        }
    }

    /** Of one or several; the same kind for all. */
    default List<UUID> keys() {
        return switch (this) {
            case Subject subject -> List.of(subject.id());
            case Thread thread -> List.of(thread.id());
            case Participants participants -> participants.ids();
        };
    }
}
