package org.xietong.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.xietong.agency.Caller;
import org.xietong.crypto.Digests;
import org.xietong.crypto.SealedBytes;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Where a reader of the feed stands: in what his unit sees, and in what he sees as a person where he signs. What an officer has read
 * under his signature goes on for him, or unsigned for the unit, and for no other officer. Sealed on the wire for the unit, since distances between positions tell of what others see.
 *
 * <p>A reader who catches up over several pages is in a run: what moved to its place before the run began he did not pass at its
 * former place, and so was not told of there.
 *
 * @param officer short digest of the officer to whom {@code person} belongs; 0 for nobody
 * @param head of the feed when the run began; 0 where none is under way
 * @param tally of what its holder has been told up to here
 */
record ChangeCursor(Place unit, Place person, long officer, long head, ChangeTally tally) {
    /** Cursors of earlier days bear no tally, and never expire: what is told after them is counted from there. */
    private static final int WITHOUT_TALLY = 6 * Long.BYTES;

    private static final int BYTES = WITHOUT_TALLY + ChangeTally.BYTES;

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
        return new ChangeCursor(Place.NOWHERE, Place.NOWHERE, officer(caller), 0, ChangeTally.NONE);
    }

    /** @throws ProblemException INVALID_CURSOR where it was made up, given to another unit, or read under another officer's signature */
    static ChangeCursor decode(String text, Caller caller, SealedBytes seal) {
        ByteBuffer bytes = ByteBuffer.wrap(opened(text, caller, seal));
        Place unit = new Place(bytes.getLong(), bytes.getLong());
        Place person = new Place(bytes.getLong(), bytes.getLong());
        long officer = bytes.getLong();
        long head = bytes.getLong();
        ChangeTally tally = bytes.hasRemaining() ? ChangeTally.read(bytes) : ChangeTally.NONE;
        return new ChangeCursor(unit, person, officer, head, tally).heldBy(officer(caller));
    }

    private static byte[] opened(String text, Caller caller, SealedBytes seal) {
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(text);
            if (text.equals(text(sealed))) {
                return seal.open(sealed, caller.unit())
                        .filter(bytes -> bytes.length == BYTES || bytes.length == WITHOUT_TALLY)
                        .orElseThrow(() -> invalid("SYNTAX"));
            }
        } catch (IllegalArgumentException e) {
            // not base64url: falls through to the same refusal
        }
        throw invalid("SYNTAX");
    }

    private static ProblemException invalid(String rule) {
        return new ProblemException(ProblemType.INVALID_CURSOR, new FieldFault("after", rule));
    }

    String encode(Caller caller, SealedBytes seal) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(unit.reached)
                .putLong(unit.begun)
                .putLong(person.reached)
                .putLong(person.begun)
                .putLong(officer)
                .putLong(head);
        tally.write(bytes);
        return text(seal.seal(bytes.array(), caller.unit()));
    }

    private static String text(byte[] sealed) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** In a run: the one under way, or one that begins here. */
    ChangeCursor running(long headNow) {
        return head > 0 ? this : new ChangeCursor(unit, person, officer, headNow, tally);
    }

    /** Everything up to this position has been looked at, by these viewers. */
    ChangeCursor at(long position, boolean signed) {
        return new ChangeCursor(unit.at(position), signed ? person.at(position) : person, officer, head, tally);
    }

    /** The run has come to the end. */
    ChangeCursor rested() {
        return new ChangeCursor(unit.rested(), person.rested(), officer, 0, tally);
    }

    /** The entry has been told. */
    ChangeCursor told(ChangeEntry entry) {
        return new ChangeCursor(unit, person, officer, head, tally.plus(entry));
    }

    private ChangeCursor heldBy(long holder) {
        if (holder != 0 && officer != 0 && holder != officer) {
            throw invalid("ANOTHER_OFFICER");
        }
        return holder == 0 ? this : new ChangeCursor(unit, person, holder, head, tally);
    }

    private static long officer(Caller caller) {
        return caller.signingOfficer()
                .map(id -> ByteBuffer.wrap(Digests.sha256(id.getBytes(StandardCharsets.UTF_8)))
                        .getLong())
                .orElse(0L);
    }
}
