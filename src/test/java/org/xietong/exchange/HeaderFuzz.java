package org.xietong.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xietong.problem.ProblemException;
import org.xietong.testing.Mutations;

/** Foreign text in the headers that a caller adds: a problem, or a value that can be kept. */
class HeaderFuzz {
    @Test
    @Timeout(60)
    void generated() {
        Mutations.of(HeaderFuzz.class, "headers", 50_000, HeaderFuzz::read);
    }

    @FuzzTest(maxDuration = "3m")
    void headers(byte[] bytes) {
        read(bytes);
    }

    private static void read(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        refusing(() -> assertFalse(ExchangeHeaders.purpose(text).code().isEmpty()));
        refusing(() -> ExchangeHeaders.officer(text).unit().length());
        refusing(() -> assertFalse(ExchangeHeaders.idempotencyKey(text).isEmpty()));
    }

    private static void refusing(Runnable reading) {
        try {
            reading.run();
        } catch (ProblemException declared) {
            // what foreign text usually meets
        }
    }
}
