package org.xietong.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.client.UntrustedAnswerException.Reason;
import org.xietong.crypto.HttpRequest;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.RequestSignatures;
import org.xietong.crypto.TestParties;

class SignedClientTest {
    private static final byte[] BODY = "{\"title\":\"线索\"}".getBytes(StandardCharsets.UTF_8);
    private static final OfficerName OFFICER = new OfficerName("POL-001", "POLICE-421200", "ukey");

    private FakePlatform platform;

    @BeforeEach
    void start() throws Exception {
        platform = new FakePlatform(KeyAlgorithm.SM2);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @ParameterizedTest
    @EnumSource
    void aWriteIsSignedAndAnswered(KeyAlgorithm algorithm) {
        SignedAnswer answer = client(algorithm)
                .call("POST", "/v1/clues?dryRun=true")
                .purpose(Purpose.of("case-handling", "xingzheng-chufa-27", "鄂咸公（经）立字〔2026〕1号"))
                .idempotencyKey()
                .body(BODY)
                .send();
        assertEquals(200, answer.status());
    }

    @Test
    void aReadIsSignedAndAnswered() {
        assertEquals(
                200,
                client().call("GET", "/v1/clues/a%2Fb?q=%E6%A1%88&x").send().status());
    }

    @Test
    void theTargetArrivesAsItWasSigned() {
        client().call("GET", "/v1/clues/a%2Fb/../c?q=%E6%A1%88&x").send();
        assertEquals("/v1/clues/a%2Fb/../c", platform.seen.getLast().path());
    }

    @Test
    void theOfficerSignsToo() throws Exception {
        client().call("POST", "/v1/clues")
                .officer(OFFICER, TestParties.signer(KeyAlgorithm.P256))
                .body(BODY)
                .send();
        assertEquals(
                List.of(RequestSignatures.SYSTEM, RequestSignatures.OFFICER),
                List.copyOf(RequestSignatures.parse(platform.seen.getLast()).keySet()));
    }

    @Test
    void theTokenIsFetchedOnce() {
        SignedClient client = client();
        client.call("GET", "/v1/clues").send();
        client.call("GET", "/v1/clues").send();
        assertEquals(1, platform.tokenRequests());
    }

    @Test
    void theTokenIsSent() {
        client().call("GET", "/v1/clues").send();
        assertEquals("Bearer token-1", header(platform.seen.getLast(), "authorization"));
    }

    @Test
    void theTokenRequestNamesItsPurpose() {
        client().call("GET", "/v1/clues").send();
        assertEquals("token", header(platform.seen.getFirst(), "exchange-purpose"));
    }

    @Test
    void aTokenNearItsEndIsRenewed() {
        platform.tokenLife = 30;
        SignedClient client = client();
        client.call("GET", "/v1/clues").send();
        client.call("GET", "/v1/clues").send();
        assertEquals(2, platform.tokenRequests());
    }

    @Test
    void aForgottenTokenIsFetchedAgain() {
        SignedClient client = client();
        client.call("GET", "/v1/clues").send();
        client.forgetToken();
        client.call("GET", "/v1/clues").send();
        assertEquals(2, platform.tokenRequests());
    }

    @Test
    void aRefusedTokenEndsTheCall() {
        platform.tokenStatus = 403;
        Call call = client().call("GET", "/v1/clues");
        assertEquals(
                403,
                assertThrows(TokenRefusedException.class, call::send).answer().status());
    }

    @Test
    void aSignedProblemIsAnAnswer() {
        platform.beforeSigning = draft -> draft.status = 404;
        assertEquals(404, client().call("GET", "/v1/clues/x").send().status());
    }

    @Test
    void anAnswerWithoutContentIsAnAnswer() {
        platform.beforeSigning = draft -> {
            draft.status = 204;
            draft.body = new byte[0];
        };
        assertEquals(204, client().call("GET", "/v1/clues/x").send().status());
    }

    @Test
    void anAlteredBodyIsNotTrusted() {
        assertUntrusted(Reason.CONTENT_DIGEST, draft -> draft.body[2] ^= 1);
    }

    @Test
    void anAlteredStatusIsNotTrusted() {
        assertUntrusted(Reason.SIGNATURE_REFUSED, draft -> draft.status = 201);
    }

    @Test
    void anAlteredExchangeIdIsNotTrusted() {
        assertUntrusted(
                Reason.SIGNATURE_REFUSED,
                draft -> draft.headers.set("exchange-id", "01990000-0000-7000-8000-000000000001"));
    }

    @Test
    void anUnsignedAnswerIsNotTrusted() {
        assertUntrusted(Reason.UNSIGNED, draft -> {
            draft.headers.remove("signature");
            draft.headers.remove("signature-input");
        });
    }

    @Test
    void anAnswerUnderAnotherLabelCountsAsUnsigned() {
        assertUntrusted(Reason.UNSIGNED, draft -> {
            draft.headers.set("signature", draft.headers.getFirst("signature").replace("platform=", "sys="));
            draft.headers.set(
                    "signature-input", draft.headers.getFirst("signature-input").replace("platform=", "sys="));
        });
    }

    @Test
    void aMalformedSignatureIsNotTrusted() {
        assertUntrusted(Reason.MALFORMED_SIGNATURE, draft -> draft.headers.set("signature", "platform=("));
    }

    @Test
    void anAnswerByAKeyWeDoNotTrustIsNotTrusted() {
        SignedClient client = SignedClient.at(
                        platform.uri(),
                        TestParties.AUTHORITY,
                        TestParties.signer(KeyAlgorithm.SM2),
                        List.of(TestParties.leaf(KeyAlgorithm.P256).certificate()))
                .by(clock());
        Call call = client.call("GET", "/v1/clues");
        assertEquals(
                Reason.UNKNOWN_KEY,
                assertThrows(UntrustedAnswerException.class, call::send).reason());
    }

    @Test
    void anAnswerAfterTheCertificatesEndIsNotTrusted() {
        PreparedRequest request = client().call("GET", "/v1/clues").prepare();
        RawAnswer answer = client().exchangeUnverified(request);
        SignedClient late = client().by(Clock.fixed(TestParties.TO.plusSeconds(1), ZoneOffset.UTC));
        assertEquals(
                Reason.UNKNOWN_KEY,
                assertThrows(UntrustedAnswerException.class, () -> late.verify(request, answer))
                        .reason());
    }

    @Test
    void theAnswerToAnotherRequestIsNotTrusted() {
        SignedClient client = client();
        PreparedRequest first = client.call("GET", "/v1/clues").prepare();
        PreparedRequest second = client.call("GET", "/v1/clues").prepare();
        RawAnswer toFirst = client.exchangeUnverified(first);
        assertEquals(
                Reason.SIGNATURE_REFUSED,
                assertThrows(UntrustedAnswerException.class, () -> client.verify(second, toFirst))
                        .reason());
    }

    @Test
    void aTamperedRequestGoesOutAsItIs() {
        SignedClient client = client();
        PreparedRequest tampered = client.call("GET", "/v1/clues").prepare().withTarget("/v1/filings");
        assertEquals(401, client.exchangeUnverified(tampered).status());
    }

    @Test
    void aReplayIsTheSameBytes() {
        SignedClient client = client();
        PreparedRequest request = client.call("GET", "/v1/clues").prepare();
        client.exchange(request);
        HttpRequest first = platform.seen.getLast();
        client.exchange(request);
        assertEquals(header(first, "signature-input"), header(platform.seen.getLast(), "signature-input"));
    }

    @Test
    void theObserverSeesTheTokenAndTheCall() {
        List<SignedAnswer> observed = new ArrayList<>();
        client().observing(observed::add).call("GET", "/v1/clues").send();
        assertEquals(
                List.of("/v1/token", "/v1/clues"),
                observed.stream().map(answer -> answer.request().path()).toList());
    }

    @Test
    void theAnswerHoldsTheRequestsBase() {
        SignedAnswer answer = client().call("GET", "/v1/clues").send();
        assertTrue(TestParties.key(KeyAlgorithm.SM2).verify(answer.requestSignatureBase(), answer.requestSignature()));
    }

    @Test
    void theAnswerHoldsTheResponsesBase() {
        SignedAnswer answer = client().call("GET", "/v1/clues").send();
        assertTrue(
                TestParties.key(KeyAlgorithm.SM2).verify(answer.responseSignatureBase(), answer.responseSignature()));
    }

    @Test
    void noAnswerIsAnIoFailure() {
        SignedClient client = client();
        PreparedRequest request = client.call("GET", "/v1/clues").prepare();
        platform.close();
        assertThrows(UncheckedIOException.class, () -> client.exchange(request));
    }

    @Test
    void aBaseWithAPathIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SignedClient.at(
                        platform.uri().resolve("/api"),
                        TestParties.AUTHORITY,
                        TestParties.signer(KeyAlgorithm.SM2),
                        List.of()));
    }

    @Test
    void preparedBytesAreTheSameRequest() throws Exception {
        PreparedRequest request = client().call("POST", "/v1/clues")
                .idempotencyKey("k")
                .body(BODY)
                .prepare();
        byte[] answer;
        try (var socket = new java.net.Socket("127.0.0.1", platform.uri().getPort())) {
            socket.getOutputStream().write(request.toHttp11Bytes("127.0.0.1"));
            answer = socket.getInputStream().readNBytes(12);
        }
        assertArrayEquals("HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII), answer);
    }

    private void assertUntrusted(Reason reason, Consumer<FakePlatform.Draft> cheating) {
        platform.afterSigning = cheating;
        Call call = client().call("GET", "/v1/clues");
        assertEquals(
                reason, assertThrows(UntrustedAnswerException.class, call::send).reason());
    }

    private SignedClient client() {
        return client(KeyAlgorithm.SM2);
    }

    private SignedClient client(KeyAlgorithm algorithm) {
        return SignedClient.at(
                        platform.uri(),
                        TestParties.AUTHORITY,
                        TestParties.signer(algorithm),
                        List.of(TestParties.leaf(KeyAlgorithm.SM2).certificate()))
                .by(clock());
    }

    private static Clock clock() {
        Instant now = TestParties.NOW;
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static String header(HttpRequest request, String name) {
        return request.headers().joined(name);
    }
}
