package org.xietong.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.TestParties;

class RequestFieldsTest {

    @Test
    void aPurposeIsATokenWithParameters() {
        assertEquals(
                "case-handling;basis=xingzheng-chufa-27;case=:5ZK4:",
                Purpose.of("case-handling", "xingzheng-chufa-27", "咸").field());
    }

    @Test
    void aBasisThatIsNoTokenIsAString() {
        assertEquals("audit;basis=\"27 (1)\"", new Purpose("audit", Optional.of("27 (1)"), Optional.empty()).field());
    }

    @Test
    void aPurposeThatIsNoTokenIsRefused() {
        Purpose purpose = Purpose.of("办案");
        assertThrows(IllegalArgumentException.class, purpose::field);
    }

    @Test
    void anOfficerIsAStringWithParameters() {
        assertEquals(
                "\"POL-001\";unit=\"POLICE-421200\";login=ukey",
                new OfficerName("POL-001", "POLICE-421200", "ukey").field());
    }

    @Test
    void anOfficersNameCannotForgeParameters() {
        assertEquals(
                "\"x\\\";unit=\\\"y\";unit=\"z\";login=ukey", new OfficerName("x\";unit=\"y", "z", "ukey").field());
    }

    @Test
    void anIdempotencyKeyIsQuoted() {
        assertEquals(
                Optional.of("\"3f2c\""),
                draft().idempotencyKey("3f2c").prepare().header("Idempotency-Key"));
    }

    @Test
    void anEntityTagIsSentAsGiven() {
        assertEquals(Optional.of("\"e1\""), draft().ifMatch("\"e1\"").prepare().header("if-match"));
    }

    @Test
    void aBodyBringsItsType() {
        assertEquals(
                Optional.of("application/json"),
                draft().body("{}".getBytes(StandardCharsets.UTF_8)).prepare().header("content-type"));
    }

    @Test
    void anAlteredCopyKeepsTheSignature() {
        PreparedRequest request = draft().prepare();
        assertEquals(request.header("signature"), request.withMethod("PUT").header("signature"));
    }

    @Test
    void aHeaderCanBeTakenAway() {
        assertEquals(
                Optional.empty(),
                draft().ifMatch("\"e1\"").prepare().withoutHeader("If-Match").header("if-match"));
    }

    @Test
    void aHeaderCanBeDoubled() {
        assertEquals(
                Optional.of("\"e1\", \"e2\""),
                draft().ifMatch("\"e1\"")
                        .prepare()
                        .withAddedHeader("If-Match", "\"e2\"")
                        .header("if-match"));
    }

    @Test
    void eachPreparationHasItsOwnNonce() {
        SignedRequestBuilder draft = draft();
        String first = draft.prepare().header("signature-input").orElseThrow();
        String second = draft.prepare().header("signature-input").orElseThrow();
        assertNotEquals(first, second);
    }

    private static SignedRequestBuilder draft() {
        return new SignedRequestBuilder(
                TestParties.AUTHORITY, TestParties.signer(KeyAlgorithm.SM2), "POST", "/v1/clues");
    }
}
