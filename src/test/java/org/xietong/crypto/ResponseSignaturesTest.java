package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.crypto.SignatureCheck.Reason;

class ResponseSignaturesTest {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final RequestBinding REQUEST = RequestBinding.of(Requests.full(Suite.GM)
            .signedBy(TestParties.signer(KeyAlgorithm.SM2))
            .http());

    private final Map<String, String> headers = new LinkedHashMap<>(Map.of(
            "content-type", "application/json",
            "content-digest", ContentDigest.of(Suite.GM, BODY),
            "exchange-id", "01990000-0000-7000-8000-000000000001"));

    @ParameterizedTest
    @EnumSource
    void acceptsWhatItSigned(KeyAlgorithm algorithm) throws Exception {
        assertInstanceOf(SignatureCheck.Valid.class, check(algorithm, 200, true, REQUEST, all -> {}));
    }

    @Test
    void acceptsAnAnswerWithoutContent() throws Exception {
        headers.remove("content-type");
        headers.remove("content-digest");
        MessageSignature signature = sign(KeyAlgorithm.SM2, response(204, false));
        assertInstanceOf(
                SignatureCheck.Valid.class, verify(KeyAlgorithm.SM2, response(204, false), REQUEST, signature));
    }

    @Test
    void coversExactlyWhatTheContractSays() {
        MessageSignature signature = sign(KeyAlgorithm.SM2, response(200, true));
        assertEquals(
                "(\"@status\" \"content-type\" \"content-digest\" \"exchange-id\" \"@method\";req \"@path\";req"
                        + " \"signature\";req);created=1795334400;nonce=\""
                        + Requests.NONCE + "\";keyid=\""
                        + TestParties.signer(KeyAlgorithm.SM2).keyId() + "\";tag=\"xietong\"",
                signature.signatureParams());
    }

    @Test
    void refusesAnotherStatus() throws Exception {
        assertEquals(refused(Reason.BAD_SIGNATURE), check(KeyAlgorithm.SM2, 201, true, REQUEST, all -> {}));
    }

    @Test
    void refusesContentTakenAway() throws Exception {
        assertEquals(refused(Reason.COMPONENTS), check(KeyAlgorithm.SM2, 200, false, REQUEST, all -> {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-type", "content-digest", "exchange-id"})
    void refusesAnAlteredField(String name) throws Exception {
        assertEquals(
                refused(Reason.BAD_SIGNATURE),
                check(KeyAlgorithm.SM2, 200, true, REQUEST, all -> all.put(name, all.get(name) + "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-type", "content-digest", "exchange-id"})
    void refusesAStrippedField(String name) throws Exception {
        assertEquals(refused(Reason.COMPONENTS), check(KeyAlgorithm.SM2, 200, true, REQUEST, all -> all.remove(name)));
    }

    @Test
    void refusesTheAnswerToAnotherRequest() throws Exception {
        RequestBinding other = RequestBinding.of(Requests.full(Suite.GM)
                .signedBy(TestParties.signer(KeyAlgorithm.P256))
                .http());
        assertEquals(refused(Reason.BAD_SIGNATURE), check(KeyAlgorithm.SM2, 200, true, other, all -> {}));
    }

    @Test
    void refusesTheAnswerToAnotherMethod() throws Exception {
        RequestBinding other = new RequestBinding("GET", REQUEST.path(), REQUEST.signature());
        assertEquals(refused(Reason.BAD_SIGNATURE), check(KeyAlgorithm.SM2, 200, true, other, all -> {}));
    }

    @Test
    void refusesTheAnswerToAnotherPath() throws Exception {
        RequestBinding other = new RequestBinding(REQUEST.method(), "/v1/filings", REQUEST.signature());
        assertEquals(refused(Reason.BAD_SIGNATURE), check(KeyAlgorithm.SM2, 200, true, other, all -> {}));
    }

    @Test
    void refusesAnOldAnswer() throws Exception {
        MessageSignature signature = ResponseSignatures.sign(
                response(200, true),
                REQUEST,
                TestParties.signer(KeyAlgorithm.SM2),
                TestParties.NOW.minusSeconds(301),
                Requests.NONCE);
        assertEquals(refused(Reason.EXPIRED), verify(KeyAlgorithm.SM2, response(200, true), REQUEST, signature));
    }

    @Test
    void refusesAnAnswerOfTheFuture() throws Exception {
        MessageSignature signature = ResponseSignatures.sign(
                response(200, true),
                REQUEST,
                TestParties.signer(KeyAlgorithm.SM2),
                TestParties.NOW.plusSeconds(301),
                Requests.NONCE);
        assertEquals(refused(Reason.FUTURE), verify(KeyAlgorithm.SM2, response(200, true), REQUEST, signature));
    }

    @Test
    void refusesARequestsSignatureInAnAnswer() throws Exception {
        MessageSignature request = Requests.full(Suite.GM).sign(TestParties.signer(KeyAlgorithm.SM2));
        assertEquals(refused(Reason.BAD_PARAMETERS), verify(KeyAlgorithm.SM2, response(200, true), REQUEST, request));
    }

    @Test
    void anUnsignedRequestCannotBeBound() {
        HttpRequest unsigned = Requests.bare().http();
        assertThrows(IllegalArgumentException.class, () -> RequestBinding.of(unsigned));
    }

    private SignatureCheck check(
            KeyAlgorithm algorithm,
            int status,
            boolean hasBody,
            RequestBinding request,
            Consumer<Map<String, String>> tampering)
            throws MalformedSignatureException {
        MessageSignature signature = sign(algorithm, response(200, true));
        tampering.accept(headers);
        return verify(algorithm, response(status, hasBody), request, signature);
    }

    private static SignatureCheck verify(
            KeyAlgorithm algorithm, HttpResponse response, RequestBinding request, MessageSignature signature)
            throws MalformedSignatureException {
        PresentedSignature presented = ResponseSignatures.parse(
                        MessageSignature.signatureInput(signature), MessageSignature.signature(signature))
                .get(signature.label());
        return ResponseSignatures.check(response, request, presented, TestParties.key(algorithm), TestParties.NOW);
    }

    private static MessageSignature sign(KeyAlgorithm algorithm, HttpResponse response) {
        return ResponseSignatures.sign(
                response, REQUEST, TestParties.signer(algorithm), TestParties.NOW, Requests.NONCE);
    }

    private HttpResponse response(int status, boolean hasBody) {
        return new HttpResponse(
                status, hasBody, name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of());
    }

    private static SignatureCheck refused(Reason reason) {
        return new SignatureCheck.Refused(reason);
    }
}
