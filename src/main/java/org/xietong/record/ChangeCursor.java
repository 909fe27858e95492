package org.xietong.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.xietong.agency.Caller;
import org.xietong.crypto.Digests;
import org.xietong.crypto.SealedBytes;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Where a reader of the feed stands: in what his unit sees, and in what he sees as a person where he signs. Another officer of
 * the unit begins his own part anew. Sealed on the wire for the unit, since distances between positions tell of what others see.
 *
 * @param officer short digest of the officer to whom {@code person} belongs; 0 for nobody
 */
record ChangeCursor(long unit, long person, long officer) {
    private static final int BYTES = 3 * Long.BYTES;

    static ChangeCursor start(Caller caller) {
        return new ChangeCursor(0, 0, officer(caller));
    }

    static ChangeCursor decode(String text, Caller caller, SealedBytes seal) {
        try {
            Optional<byte[]> opened = seal.open(Base64.getUrlDecoder().decode(text), caller.unit());
            if (opened.isPresent() && opened.get().length == BYTES) {
                ByteBuffer bytes = ByteBuffer.wrap(opened.get());
                return new ChangeCursor(bytes.getLong(), bytes.getLong(), bytes.getLong()).heldBy(officer(caller));
            }
        } catch (IllegalArgumentException e) {
            // not base64url: falls through to the same refusal
        }
        throw new ProblemException(ProblemType.INVALID_CURSOR, new FieldFault("after", "SYNTAX"));
    }

    String encode(Caller caller, SealedBytes seal) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(unit)
                .putLong(person)
                .putLong(officer)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(seal.seal(bytes, caller.unit()));
    }

    /** Everything up to this position has been looked at, by these viewers. */
    ChangeCursor at(long position, boolean signed) {
        return new ChangeCursor(Math.max(unit, position), signed ? Math.max(person, position) : person, officer);
    }

    private ChangeCursor heldBy(long holder) {
        return holder == 0 || holder == officer ? this : new ChangeCursor(unit, 0, holder);
    }

    private static long officer(Caller caller) {
        return caller.signingOfficer()
                .map(id -> ByteBuffer.wrap(Digests.sha256(id.getBytes(StandardCharsets.UTF_8)))
                        .getLong())
                .orElse(0L);
    }
}
