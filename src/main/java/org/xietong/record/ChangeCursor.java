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
 * <p>A reader who catches up over several pages is in a run: what moved to its place before the run began he did not pass at its
 * former place, and so was not told of there.
 *
 * @param officer short digest of the officer to whom {@code person} belongs; 0 for nobody
 * @param head of the feed when the run began; 0 where none is under way
 */
record ChangeCursor(Place unit, Place person, long officer, long head) {
    private static final int BYTES = 6 * Long.BYTES;

    /**
     * @param reached everything up to there has been looked at
     * @param begun where the run began; up to there nothing was missing
     */
    record Place(long reached, long begun) {
        private static final Place NOWHERE = new Place(0, 0);

        private Place at(long position) {
            return new Place(Math.max(reached, position), begun);
        }

        private Place rested() {
            return new Place(reached, reached);
        }
    }

    static ChangeCursor start(Caller caller) {
        return new ChangeCursor(Place.NOWHERE, Place.NOWHERE, officer(caller), 0);
    }

    static ChangeCursor decode(String text, Caller caller, SealedBytes seal) {
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(text);
            Optional<byte[]> opened = seal.open(sealed, caller.unit());
            if (opened.isPresent() && opened.get().length == BYTES && text.equals(text(sealed))) {
                ByteBuffer bytes = ByteBuffer.wrap(opened.get());
                Place unit = new Place(bytes.getLong(), bytes.getLong());
                Place person = new Place(bytes.getLong(), bytes.getLong());
                return new ChangeCursor(unit, person, bytes.getLong(), bytes.getLong()).heldBy(officer(caller));
            }
        } catch (IllegalArgumentException e) {
            // not base64url: falls through to the same refusal
        }
        throw new ProblemException(ProblemType.INVALID_CURSOR, new FieldFault("after", "SYNTAX"));
    }

    String encode(Caller caller, SealedBytes seal) {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(unit.reached)
                .putLong(unit.begun)
                .putLong(person.reached)
                .putLong(person.begun)
                .putLong(officer)
                .putLong(head)
                .array();
        return text(seal.seal(bytes, caller.unit()));
    }

    private static String text(byte[] sealed) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** In a run: the one under way, or one that begins here. */
    ChangeCursor running(long headNow) {
        return head > 0 ? this : new ChangeCursor(unit, person, officer, headNow);
    }

    /** Everything up to this position has been looked at, by these viewers. */
    ChangeCursor at(long position, boolean signed) {
        return new ChangeCursor(unit.at(position), signed ? person.at(position) : person, officer, head);
    }

    /** The run has come to the end. */
    ChangeCursor rested() {
        return new ChangeCursor(unit.rested(), person.rested(), officer, 0);
    }

    private ChangeCursor heldBy(long holder) {
        return holder == 0 || holder == officer ? this : new ChangeCursor(unit, Place.NOWHERE, holder, head);
    }

    private static long officer(Caller caller) {
        return caller.signingOfficer()
                .map(id -> ByteBuffer.wrap(Digests.sha256(id.getBytes(StandardCharsets.UTF_8)))
                        .getLong())
                .orElse(0L);
    }
}
