package org.xietong.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xietong.problem.ProblemException;
import org.xietong.testing.Mutations;

/** Foreign text for the place where a page of exchanges ended: a problem, or the one spelling of a place. */
class CursorFuzz {
    @Test
    @Timeout(60)
    void generated() {
        Mutations.of(CursorFuzz.class, "exchangeCursor", 50_000, CursorFuzz::read);
    }

    @FuzzTest(maxDuration = "3m")
    void exchangeCursor(byte[] bytes) {
        read(bytes);
    }

    private static void read(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        try {
            assertEquals(text, ExchangeCursor.parse(text).text());
        } catch (ProblemException declared) {
            // what foreign text usually meets
        }
    }
}
