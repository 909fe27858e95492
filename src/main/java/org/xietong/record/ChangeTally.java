package org.xietong.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.xietong.crypto.Digests;
import org.xietong.identifier.ZhName;

/**
 * How many entries a reader has been told up to some place, and the digest that chains them: each is the SHA-256 of the one before,
 * a space and the entry's type, kind and id, separated by spaces (UTF-8). He computes it from what he has stored; where his and ours are
 * the same he has stored every entry once and in order. It tells nothing that he was not told.
 *
 * @param entries since he began without a cursor
 * @param sha256 lower-case hexadecimal; 64 zeros before the first
 */
public record ChangeTally(
        @ZhName("已告知条数") long entries, @ZhName("累计校验值") String sha256) {
    static final ChangeTally NONE = new ChangeTally(0, "0".repeat(64));
    static final int BYTES = Long.BYTES + 32;

    ChangeTally plus(ChangeEntry entry) {
        String line = sha256 + ' ' + entry.type() + ' ' + entry.kind() + ' ' + entry.id();
        return new ChangeTally(entries + 1, Digests.hex(Digests.sha256(line.getBytes(StandardCharsets.UTF_8))));
    }

    static ChangeTally read(ByteBuffer bytes) {
        long entries = bytes.getLong();
        byte[] digest = new byte[32];
        bytes.get(digest);
        return new ChangeTally(entries, Digests.hex(digest));
    }

    void write(ByteBuffer bytes) {
        bytes.putLong(entries).put(HexFormat.of().parseHex(sha256));
    }
}
