package org.xietong.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record with its entry, hashed on the caller's thread, ready to be written.
 *
 * @param marks one per distinct nonce
 */
record PreparedRecord(ExchangeRecord record, Entry entry, List<NonceMark> marks) {
    private static final byte[] SEPARATOR = {0};

    static PreparedRecord of(ExchangeRecord record) {
        Map<String, NonceMark> marks = new LinkedHashMap<>();
        for (NonceUse use : record.nonces()) {
            NonceMark mark = mark(use);
            marks.putIfAbsent(mark.key(), mark);
        }
        return new PreparedRecord(record, EntryBuilder.build(record), List.copyOf(marks.values()));
    }

    /** About how many bytes the record takes on the way to the store. */
    long weight() {
        long weight = entry.bytes().length;
        for (SealedPart part : entry.parts()) {
            weight += part.bytes().length + 64L;
        }
        weight += record.body().map(body -> (long) body.length).orElse(0L);
        for (Touched touched : record.index().touched()) {
            weight += 96L + 48L * touched.participants().size();
        }
        return weight + 512L;
    }

    private static NonceMark mark(NonceUse use) {
        byte[] digest = Sha256.of(
                use.keyId().getBytes(StandardCharsets.UTF_8),
                SEPARATOR,
                use.nonce().getBytes(StandardCharsets.UTF_8));
        return new NonceMark(NonceSlots.slot(use.created()), digest, use.created());
    }

    /** A nonce as stored: of fixed size, whatever a caller sends. */
    record NonceMark(int slot, byte[] digest, Instant created) {
        /** Equal for equal rows of the table. */
        String key() {
            return slot + ":" + HexFormat.of().formatHex(digest);
        }
    }
}
