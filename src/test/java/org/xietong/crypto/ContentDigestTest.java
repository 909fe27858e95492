package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDigestTest {
    /** The content and digests of RFC 9530 appendix B and RFC 9421 appendix B.2. */
    private static final byte[] WITH_NEWLINE = "{\"hello\": \"world\"}\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] HELLO = "{\"hello\": \"world\"}".getBytes(StandardCharsets.US_ASCII);
    private static final String SHA256 = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
    private static final String SHA512 =
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
    private static final String WRONG = "=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:";

    @Test
    void valueOfRfc9530() {
        assertEquals(
                "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:", ContentDigest.of(Suite.INTL, WITH_NEWLINE));
    }

    @Test
    void carriesSm3InSuiteGm() {
        assertTrue(ContentDigest.of(Suite.GM, HELLO).startsWith(SHA256 + ", sm3=:"));
    }

    @Test
    void ofAStreamMatchesWhatTheWholeMatches() {
        BodyDigest.Running running = new BodyDigest.Running();
        running.update(HELLO, 0, 5);
        running.update(HELLO, 5, HELLO.length - 5);
        BodyDigest digest = running.finish();
        String both = ContentDigest.of(digest);
        assertEquals(ContentDigest.of(Suite.GM, HELLO), both);
        assertTrue(ContentDigest.matches(both, Suite.GM, digest));
        assertTrue(ContentDigest.matches(SHA256, Suite.INTL, digest));
        assertFalse(ContentDigest.matches(SHA256, Suite.GM, digest), "suite gm needs sm3");
        assertFalse(ContentDigest.matches(SHA256 + ", " + SHA512, Suite.INTL, digest), "nobody computed it");
        assertFalse(ContentDigest.matches(SHA256 + ", sm3" + WRONG, Suite.GM, digest));
        assertFalse(ContentDigest.matches("sha-256" + WRONG, Suite.INTL, digest));
        assertFalse(ContentDigest.matches("", Suite.INTL, digest));
    }

    @ParameterizedTest
    @EnumSource
    void matchesItsOwnBody(Suite suite) {
        assertTrue(ContentDigest.matches(ContentDigest.of(suite, HELLO), HELLO));
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnotherBody(Suite suite) {
        assertFalse(ContentDigest.matches(ContentDigest.of(suite, HELLO), WITH_NEWLINE));
    }

    @Test
    void takesSha512BesideSha256() {
        assertTrue(ContentDigest.matches(SHA256 + "," + SHA512, HELLO));
    }

    @Test
    void skipsAlgorithmsItDoesNotKnow() {
        assertTrue(ContentDigest.matches(SHA256 + ", unixsum=:AAA=:", HELLO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256",
                "sha-256=1",
                "sha-256=X48E",
                "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
                "sha-256=::",
                SHA512,
                SHA256 + ", sm3" + WRONG,
                SHA256 + ", sha-512" + WRONG,
                SHA256 + ", sm3=?1",
                "sha-256" + WRONG + ", " + SHA256,
                SHA256 + ", " + SHA256,
                "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPF=:"
            })
    void refuses(String field) {
        assertFalse(ContentDigest.matches(field, HELLO));
    }

    @Property
    void refusesEveryOtherBody(@ForAll byte[] body) {
        assertFalse(ContentDigest.matches(SHA256, body));
    }
}
