package org.xietong.exchange;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.ChangeView;
import org.xietong.record.RecordView;

/**
 * What is remembered of a committed write under its idempotency key.
 *
 * @param version as the first answer showed it
 */
record Written(String kind, UUID id, @Nullable Integer version) {
    /** Of a resource's result; empty where there is nothing to remember. */
    static Optional<Written> of(@Nullable Object result) {
        return switch (result) {
            case RecordView<?> record -> Optional.of(new Written(record.kind(), record.id(), record.version()));
            case ChangeView change -> Optional.of(new Written(ChangeView.KIND, change.id(), null));
            case null, default -> Optional.empty();
        };
    }

    /** The answer to the same request once more: what the first one did, without content. */
    static Object repeated(Idempotency.Remembered first) {
        return first.kind().equals(ChangeView.KIND)
                ? ChangeView.repeated(first.record(), first.exchange())
                : RecordView.repeated(
                        first.kind(), first.record(), first.shownVersion().orElse(null), first.exchange());
    }
}
