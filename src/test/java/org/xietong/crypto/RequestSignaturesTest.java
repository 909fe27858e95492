package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.crypto.SignatureCheck.Reason;

class RequestSignaturesTest {
    private static final Signer SIGNER = TestParties.signer(KeyAlgorithm.ED25519);
    private static final VerificationKey KEY = TestParties.key(KeyAlgorithm.ED25519);

    @ParameterizedTest
    @EnumSource
    void acceptsWhatItSigned(KeyAlgorithm algorithm) throws Exception {
        Requests request = Requests.full(algorithm.suite()).signedBy(TestParties.signer(algorithm));
        assertInstanceOf(SignatureCheck.Valid.class, request.check(TestParties.key(algorithm)));
    }

    @Test
    void acceptsAReadWithNothingOptional() throws Exception {
        assertInstanceOf(
                SignatureCheck.Valid.class, Requests.bare().signedBy(SIGNER).check(KEY));
    }

    @Test
    void givesTheBaseThatWasSigned() throws Exception {
        Requests request = Requests.full(Suite.INTL);
        MessageSignature made = request.sign(SIGNER);
        SignatureCheck.Valid valid =
                (SignatureCheck.Valid) request.signedBy(SIGNER).check(KEY);
        assertArrayEquals(made.base(), valid.base());
    }

    @Test
    void baseIsThatOfTheRfc() {
        String digest = ContentDigest.of(Suite.INTL, Requests.BODY);
        String expected = """
                "@method": POST
                "@authority": xietong.xianning.example
                "@path": /v1/clues
                "@query": ?dryRun=true
                "content-type": application/json
                "content-digest": %s
                "exchange-purpose": case-handling;basis=xingzheng-chufa-27
                "exchange-officer": "POL-001";unit="POLICE-421200";login=ukey
                "idempotency-key": "3f2c"
                "if-match": "e1"
                "@signature-params": ("@method" "@authority" "@path" "@query" "content-type" "content-digest" \
                "exchange-purpose" "exchange-officer" "idempotency-key" "if-match")\
                ;created=1795334400;expires=1795334520;nonce="%s";keyid="%s";tag="xietong\"""".formatted(digest, Requests.NONCE, KEY.keyId());
        assertEquals(expected, new String(Requests.full(Suite.INTL).sign(SIGNER).base(), StandardCharsets.US_ASCII));
    }

    @Test
    void absentQueryIsAQuestionMark() {
        String base = new String(Requests.bare().sign(SIGNER).base(), StandardCharsets.US_ASCII);
        assertEquals("\"@query\": ?", base.lines().toList().get(3));
    }

    @Test
    void linesOfOneFieldAreStrippedAndJoined() throws Exception {
        Requests request = Requests.bare();
        request.set("if-match", "\"a\"", "\"b\"");
        request.signedBy(SIGNER);
        request.set("if-match", "  \"a\"\t", " \"b\" ");
        assertInstanceOf(SignatureCheck.Valid.class, request.check(KEY));
    }

    @Test
    void aSecondLineAddedAfterSigningIsRefused() throws Exception {
        Requests request = Requests.full(Suite.INTL).signedBy(SIGNER);
        request.headers.get("idempotency-key").add("\"other\"");
        assertEquals(refused(Reason.BAD_SIGNATURE), request.check(KEY));
    }

    @Test
    void officerSignsBesideTheSystem() throws Exception {
        Requests request = Requests.full(Suite.GM);
        MessageSignature system = request.sign(TestParties.signer(KeyAlgorithm.SM2));
        MessageSignature officer = RequestSignatures.sign(
                request.http(),
                RequestSignatures.OFFICER,
                SIGNER,
                TestParties.NOW,
                Duration.ofSeconds(60),
                Nonces.next());
        request.set("signature-input", MessageSignature.signatureInput(system, officer));
        request.set("signature", MessageSignature.signature(system, officer));
        PresentedSignature presented = RequestSignatures.parse(request.http()).get(RequestSignatures.OFFICER);
        assertInstanceOf(
                SignatureCheck.Valid.class, RequestSignatures.check(request.http(), presented, KEY, TestParties.NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exchange-purpose", "exchange-officer", "idempotency-key", "if-match"})
    void aFieldAddedAfterSigningIsRefused(String name) throws Exception {
        Requests request = Requests.bare().signedBy(SIGNER);
        request.set(name, "x");
        assertEquals(refused(Reason.COMPONENTS), request.check(KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exchange-purpose", "exchange-officer", "idempotency-key", "if-match", "content-type"})
    void aFieldStrippedAfterSigningIsRefused(String name) throws Exception {
        Requests request = Requests.full(Suite.INTL).signedBy(SIGNER);
        request.headers.remove(name);
        assertEquals(refused(Reason.COMPONENTS), request.check(KEY));
    }

    @Test
    void aBodyAddedAfterSigningIsRefused() throws Exception {
        Requests request = Requests.bare().signedBy(SIGNER);
        request.hasBody = true;
        request.set("content-type", "application/json");
        request.set("content-digest", ContentDigest.of(Suite.INTL, Requests.BODY));
        assertEquals(refused(Reason.COMPONENTS), request.check(KEY));
    }

    @Test
    void aBodyTakenAwayAfterSigningIsRefused() throws Exception {
        Requests request = Requests.full(Suite.INTL).signedBy(SIGNER);
        request.hasBody = false;
        assertEquals(refused(Reason.COMPONENTS), request.check(KEY));
    }

    @Test
    void aLineBreakInAValueIsRefused() throws Exception {
        Requests request = Requests.full(Suite.INTL).signedBy(SIGNER);
        request.path = "/v1/clues\n\"@query\": ?";
        assertEquals(refused(Reason.COMPONENTS), request.check(KEY));
    }

    @Test
    void aRequestThatCannotBeSignedIsNotSigned() {
        Requests request = Requests.bare();
        request.set("exchange-purpose", "办案");
        assertThrows(IllegalArgumentException.class, () -> request.sign(SIGNER));
    }

    @Test
    void anExpiredSignatureIsRefused() throws Exception {
        assertEquals(refused(Reason.EXPIRED), checkedAt(TestParties.NOW.plusSeconds(121)));
    }

    @Test
    void itHoldsInItsLastSecond() throws Exception {
        assertInstanceOf(SignatureCheck.Valid.class, checkedAt(TestParties.NOW.plusSeconds(120)));
    }

    @Test
    void aSignatureOfTheFutureIsRefused() throws Exception {
        assertEquals(refused(Reason.FUTURE), checkedAt(TestParties.NOW.minusSeconds(61)));
    }

    @Test
    void aClockSomewhatAheadIsForgiven() throws Exception {
        assertInstanceOf(SignatureCheck.Valid.class, checkedAt(TestParties.NOW.minusSeconds(60)));
    }

    @Test
    void aSignatureThatLivesTooLongIsRefused() throws Exception {
        assertEquals(refused(Reason.TOO_LONG), withParameters(parameters(301)));
    }

    @Test
    void itMayLiveForThreeHundredSeconds() throws Exception {
        assertInstanceOf(SignatureCheck.Valid.class, withParameters(parameters(300)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";created=C;expires=E;nonce=\"N\";keyid=\"K\";tag=\"xietong\";alg=\"ed25519\"",
                ";alg=\"ed25519\";created=C;expires=E;nonce=\"N\";keyid=\"K\";tag=\"xietong\"",
                ";created=C;expires=E;nonce=\"N\";keyid=\"K\";tag=\"xietong\";x=1",
                ";created=C;nonce=\"N\";keyid=\"K\";tag=\"xietong\"",
                ";expires=E;nonce=\"N\";keyid=\"K\";tag=\"xietong\"",
                ";created=C;expires=E;keyid=\"K\";tag=\"xietong\"",
                ";created=C;expires=E;nonce=\"N\";tag=\"xietong\"",
                ";created=C;expires=E;nonce=\"N\";keyid=\"K\"",
                ";expires=E;created=C;nonce=\"N\";keyid=\"K\";tag=\"xietong\"",
                ";created=C;expires=E;nonce=\"N\";keyid=\"K\";tag=\"other\"",
                ";created=C;expires=E;nonce=\"N\";keyid=\"K\";tag=xietong",
                ";created=\"C\";expires=E;nonce=\"N\";keyid=\"K\";tag=\"xietong\"",
                ";created=C.0;expires=E;nonce=\"N\";keyid=\"K\";tag=\"xietong\"",
                ";created=-1;expires=E;nonce=\"N\";keyid=\"K\";tag=\"xietong\"",
                ";created=C;expires=C;nonce=\"N\";keyid=\"K\";tag=\"xietong\"",
                ";created=C;expires=E;nonce=\"short\";keyid=\"K\";tag=\"xietong\"",
                ";created=C;expires=E;nonce=\"AAECAwQFBgcICQoLDA0OD \";keyid=\"K\";tag=\"xietong\"",
                ";created=C;expires=E;nonce=\"N\";keyid=\"abc\";tag=\"xietong\"",
                ""
            })
    void badParametersAreRefused(String parameters) throws Exception {
        assertEquals(refused(Reason.BAD_PARAMETERS), withParameters(filled(parameters)));
    }

    @Test
    void theFormThatBadParametersDepartFromIsAccepted() throws Exception {
        assertInstanceOf(
                SignatureCheck.Valid.class,
                withParameters(filled(";created=C;expires=E;nonce=\"N\";keyid=\"K\";tag=\"xietong\"")));
    }

    @Test
    void aKeyThatTheSignatureDoesNotNameIsRefused() throws Exception {
        Requests request = Requests.full(Suite.INTL).signedBy(SIGNER);
        assertEquals(refused(Reason.BAD_PARAMETERS), request.check(TestParties.key(KeyAlgorithm.P256)));
    }

    @Test
    void fewerComponentsThanDemandedAreRefused() throws Exception {
        assertEquals(refused(Reason.COMPONENTS), withList("(\"@method\" \"@authority\" \"@path\")", parameters(60)));
    }

    @Test
    void componentsInAnotherOrderAreRefused() throws Exception {
        assertEquals(
                refused(Reason.COMPONENTS),
                withList("(\"@authority\" \"@method\" \"@path\" \"@query\")", parameters(60)));
    }

    @Test
    void componentsWithParametersAreRefused() throws Exception {
        assertEquals(
                refused(Reason.COMPONENTS),
                withList("(\"@method\" \"@authority\" \"@path\" \"@query\";req)", parameters(60)));
    }

    @Test
    void aForeignLabelIsRead() throws Exception {
        Requests request = Requests.bare().signedBy(SIGNER);
        request.headers.get("signature-input").add("ttrp=(\"@path\");created=1");
        request.headers.get("signature").add("ttrp=:AAAA:");
        assertEquals(
                List.of(RequestSignatures.SYSTEM, "ttrp"),
                List.copyOf(RequestSignatures.parse(request.http()).keySet()));
    }

    private static SignatureCheck checkedAt(Instant now) throws MalformedSignatureException {
        Requests request = Requests.full(Suite.INTL).signedBy(SIGNER);
        Map<String, PresentedSignature> presented = RequestSignatures.parse(request.http());
        return RequestSignatures.check(request.http(), presented.get(RequestSignatures.SYSTEM), KEY, now);
    }

    private static SignatureCheck withParameters(String parameters) throws MalformedSignatureException {
        return withList("(\"@method\" \"@authority\" \"@path\" \"@query\")", parameters);
    }

    /** A bare read, honestly signed over whatever list and parameters are given. */
    private static SignatureCheck withList(String list, String parameters) throws MalformedSignatureException {
        Requests request = Requests.bare();
        SignatureBase base = new SignatureBase();
        base.add("\"@method\"", request.method);
        base.add("\"@authority\"", request.authority);
        base.add("\"@path\"", request.path);
        base.add("\"@query\"", "?");
        byte[] signature = SIGNER.sign(base.finish(list + parameters));
        request.set("signature-input", "sys=" + list + parameters);
        request.set("signature", "sys=:" + Base64.getEncoder().encodeToString(signature) + ":");
        return request.check(KEY);
    }

    private static String parameters(int seconds) {
        long created = TestParties.NOW.getEpochSecond();
        return ";created=" + created + ";expires=" + (created + seconds) + ";nonce=\"" + Requests.NONCE + "\";keyid=\""
                + KEY.keyId() + "\";tag=\"xietong\"";
    }

    private static String filled(String pattern) {
        long created = TestParties.NOW.getEpochSecond();
        return pattern.replace("=C", "=" + created)
                .replace("=\"C\"", "=\"" + created + "\"")
                .replace("=E", "=" + (created + 60))
                .replace("\"N\"", '"' + Requests.NONCE + '"')
                .replace("\"K\"", '"' + KEY.keyId() + '"');
    }

    private static SignatureCheck refused(Reason reason) {
        return new SignatureCheck.Refused(reason);
    }
}
