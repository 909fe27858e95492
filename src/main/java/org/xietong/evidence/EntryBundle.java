package org.xietong.evidence;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Up to 256 consecutive entries of the log (c2sp.org/tlog-tiles, "Log entries"): each with its length before it, a
 * big-endian uint16. The entries are not copied, and must not be changed.
 */
public record EntryBundle(List<byte[]> entries) {
    /** The longest entry that its length can be told of. */
    public static final int LONGEST = 0xffff;

    private static final int PREFIX = 2;

    /** @throws IllegalArgumentException unless there are 1 to 256 entries, each of 65,535 bytes at most */
    public EntryBundle {
        entries = Collections.unmodifiableList(new ArrayList<>(entries));
        if (entries.isEmpty() || entries.size() > TilePath.FULL) {
            throw new IllegalArgumentException("a bundle has 1 to 256 entries");
        }
        for (byte[] entry : entries) {
            if (entry.length > LONGEST) {
                throw new IllegalArgumentException("an entry has 65,535 bytes at most");
            }
        }
    }

    /**
     * Reads exactly as many entries as the path says, to the last byte.
     *
     * @throws MalformedEvidenceException for anything else
     */
    public static EntryBundle parse(TilePath.Entries path, byte[] bytes) throws MalformedEvidenceException {
        List<byte[]> entries = new ArrayList<>(path.width());
        int at = 0;
        while (at < bytes.length) {
            if (entries.size() == path.width() || bytes.length - at < PREFIX) {
                throw new MalformedEvidenceException(MalformedEvidenceException.Fault.LENGTH);
            }
            int length = (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
            at += PREFIX;
            if (bytes.length - at < length) {
                throw new MalformedEvidenceException(MalformedEvidenceException.Fault.LENGTH);
            }
            entries.add(Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
        if (entries.size() != path.width()) {
            throw new MalformedEvidenceException(MalformedEvidenceException.Fault.LENGTH);
        }
        return new EntryBundle(entries);
    }

    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            bytes.write(entry.length >> 8);
            bytes.write(entry.length);
            bytes.writeBytes(entry);
        }
        return bytes.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryBundle that && Hashes.equal(that.entries, entries);
    }

    @Override
    public int hashCode() {
        return Hashes.hashCode(entries);
    }
}
