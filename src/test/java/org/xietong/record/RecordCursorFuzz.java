package org.xietong.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Caller;
import org.xietong.crypto.SealedBytes;
import org.xietong.problem.ProblemException;
import org.xietong.testing.Mutations;

/** Foreign text for where a page or a reading of the feed ended: a problem, or the one spelling of a place. */
class RecordCursorFuzz {
    private static final SealedBytes SEAL = new SealedBytes(new byte[32]);
    private static final Caller CALLER = new Caller(
            AgencyCode.POLICE, "POLICE-421200", "police-case", Set.of(), Optional.empty(), false, Optional.empty());

    @Test
    @Timeout(60)
    void generated() {
        Mutations.of(RecordCursorFuzz.class, "cursor", 50_000, RecordCursorFuzz::read);
    }

    @FuzzTest(maxDuration = "3m")
    void cursor(byte[] bytes) {
        read(bytes);
    }

    private static void read(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        try {
            assertEquals(text, Cursor.decode(text).encode());
        } catch (ProblemException declared) {
            // what foreign text usually meets
        }
        try {
            ChangeCursor.decode(text, CALLER, SEAL);
            byte[] sealed = Base64.getUrlDecoder().decode(text);
            assertEquals(text, Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
        } catch (ProblemException declared) {
            // what foreign text usually meets
        }
    }
}
