package org.xietong.ledger;

import java.util.List;
import java.util.UUID;

/**
 * The header of an exchange with the parts that it commits to.
 *
 * @param bytes canonical JSON (RFC 8785) of {@code {v:1, id, time, agency, parts}}, at most {@link #MAX_BYTES}; they are
 *     the leaf of the log, stored exactly and never serialised again
 * @param parts each {@code digest()} stands in {@code bytes}
 */
public record Entry(UUID id, byte[] bytes, List<SealedPart> parts) {
    /** What a log's entry bundle can hold (C2SP tlog-tiles: a 16-bit length). */
    public static final int MAX_BYTES = 65_535;

    public Entry {
        if (bytes.length > MAX_BYTES) {
            throw new EntryTooLargeException(bytes.length);
        }
        parts = List.copyOf(parts);
    }
}
