package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Named.named;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.client.PreparedRequest;
import org.xietong.client.SignedRequestBuilder;
import org.xietong.crypto.ContentDigest;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Nonces;
import org.xietong.crypto.Signer;
import org.xietong.crypto.Suite;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Forge;
import org.xietong.testing.Forge.Hand;
import org.xietong.testing.Registered;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/**
 * The system's signature over HTTP: whatever of a request is altered, added, stripped or signed otherwise is refused
 * with its stable code, and leaves nothing in case data, journal or nonces (I3, I5).
 */
@QuarkusTest
@WithTestResource(CityResource.class)
class SignatureAttackTest {
    private static final String INVALID = "SIGNATURE_INVALID";
    private static final String OUTSIDE = "SIGNATURE_OUTSIDE_CLOCK_WINDOW";
    private static final String NOBODY = "UNAUTHENTICATED";

    private City city;
    private Stored stored;
    private Wire wire;

    @BeforeEach
    void open() {
        city = City.current();
        stored = city.stored();
        wire = city.wire();
        city.call(City.MSA, "GET", "/v1/policy").send();
    }

    @Test
    void theSameRequestsPassWhenNobodyTouchesThem() {
        wire.send(write()).requireStatus(201);
        wire.send(read()).requireStatus(200);
        wire.send(act()).requireStatus(200);
        wire.send(forged(write(), city.keys().system(City.MSA))).requireStatus(201);
    }

    static Stream<Named<UnaryOperator<PreparedRequest>>> changesOfAWrite() {
        return Stream.of(
                change("method", r -> r.withMethod("PUT").withTarget("/v1/clues/by-source/x")),
                change("path", r -> r.withTarget("/v1/filings")),
                change("query added", r -> r.withTarget("/v1/clues?limit=1")),
                change("content-type", r -> r.withHeader("content-type", "application/json;charset=utf-8")),
                change("content-type, second line", r -> r.withAddedHeader("content-type", "application/json")),
                change("content-digest removed", r -> r.withoutHeader("content-digest")),
                change(
                        "content-digest of the other suite",
                        r -> r.withHeader("content-digest", ContentDigest.of(Suite.INTL, r.body()))),
                change(
                        "body and digest",
                        r -> r.withBody(City.utf8("{}"))
                                .withHeader("content-digest", ContentDigest.of(Suite.GM, City.utf8("{}")))),
                change("body removed", r -> r.withBody(new byte[0])),
                change("purpose", r -> r.withHeader("exchange-purpose", "supervision")),
                change("purpose stripped", r -> r.withoutHeader("exchange-purpose")),
                change("purpose, second line", r -> r.withAddedHeader("exchange-purpose", "supervision")),
                change(
                        "officer",
                        r -> r.withHeader(
                                "exchange-officer",
                                r.header("exchange-officer").orElseThrow().replace("-001", "-002"))),
                change("officer stripped", r -> r.withoutHeader("exchange-officer")),
                change("idempotency key", r -> r.withHeader("idempotency-key", "\"another\"")),
                change("idempotency key stripped", r -> r.withoutHeader("idempotency-key")),
                change("if-match added", r -> r.withHeader("if-match", "\"x\"")));
    }

    @ParameterizedTest
    @MethodSource("changesOfAWrite")
    void aWriteThatWasChangedOnItsWayIsRefused(UnaryOperator<PreparedRequest> change) {
        refused(change.apply(write()), INVALID);
    }

    static Stream<Named<UnaryOperator<PreparedRequest>>> changesOfARead() {
        return Stream.of(
                change("query value", r -> r.withTarget("/v1/clues?limit=6&count=true")),
                change("query order", r -> r.withTarget("/v1/clues?count=true&limit=5")),
                change("query stripped", r -> r.withTarget("/v1/clues")),
                change(
                        "officer added",
                        r -> r.withHeader("exchange-officer", "\"MSA-421200-001\";unit=\"MSA-421200\";login=ukey")),
                change("idempotency key added", r -> r.withHeader("idempotency-key", "\"x\"")),
                change("body added", r -> r.withBody(City.utf8("{}")).withHeader("content-type", "application/json")));
    }

    @ParameterizedTest
    @MethodSource("changesOfARead")
    void aReadThatWasChangedOnItsWayIsRefused(UnaryOperator<PreparedRequest> change) {
        refused(change.apply(read()), INVALID);
    }

    @Test
    void anActWhosePreconditionWasChangedOrStrippedIsRefused() {
        refused(act().withHeader("if-match", "\"x\""), INVALID);
        refused(act().withoutHeader("if-match"), INVALID);
    }

    @Test
    void anotherSpellingOfThePathIsAnotherRequest() {
        PreparedRequest write = write().withTarget("/v1/%63lues");
        Stored.State before = stored.state();
        assertEquals("HTTP/1.1 401", wire.sendRaw(write.toHttp11Bytes("localhost")));
        assertEquals(before, stored.state());
    }

    @Test
    void aBodyThatDoesNotFitItsSignedDigestIsRefused() {
        PreparedRequest write = write();
        refused(write.withBody(City.utf8(new String(write.body()) + " ")), "CONTENT_DIGEST_MISMATCH");
    }

    @Test
    void aRequestSignedForAnotherPlatformIsRefused() {
        Signer key = city.keys().system(City.MSA);
        PreparedRequest elsewhere = new SignedRequestBuilder("xietong.elsewhere.example", key, "GET", "/v1/clues")
                .header("exchange-purpose", "case-handling")
                .header("authorization", read().header("authorization").orElseThrow())
                .prepare();
        refused(elsewhere, INVALID);
    }

    @Test
    void noComponentCanBeLeftOutOfTheSignature() {
        PreparedRequest act = act();
        for (String component : Forge.components(act)) {
            List<String> without = new ArrayList<>(Forge.components(act));
            without.remove(component);
            refused(signed(act, without, Forge.parameters(msa().keyId())), INVALID);
        }
    }

    @Test
    void componentsInAnotherOrderAreRefused() {
        PreparedRequest act = act();
        for (int i = 1; i < Forge.components(act).size(); i++) {
            List<String> swapped = new ArrayList<>(Forge.components(act));
            Collections.swap(swapped, i - 1, i);
            refused(signed(act, swapped, Forge.parameters(msa().keyId())), INVALID);
        }
    }

    @Test
    void componentsThatNobodyAskedForAreRefused() {
        PreparedRequest write = write().withHeader("date", "Tue, 03 Jan 2023 00:00:00 GMT");
        List<String> more = new ArrayList<>(Forge.components(write));
        more.add("date");
        refused(signed(write, more, Forge.parameters(msa().keyId())), INVALID);
        List<String> twice = new ArrayList<>(Forge.components(write));
        twice.add("@method");
        refused(signed(write, twice, Forge.parameters(msa().keyId())), INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";created=%1$d;expires=%2$d;nonce=\"%3$s\";keyid=\"%4$s\";alg=\"sm2-sm3\";tag=\"xietong\"",
                ";created=%1$d;expires=%2$d;nonce=\"%3$s\";keyid=\"%4$s\";tag=\"xietong\";alg=\"sm2-sm3\"",
                ";expires=%2$d;nonce=\"%3$s\";keyid=\"%4$s\";tag=\"xietong\"",
                ";created=%1$d;nonce=\"%3$s\";keyid=\"%4$s\";tag=\"xietong\"",
                ";created=%1$d;expires=%2$d;keyid=\"%4$s\";tag=\"xietong\"",
                ";created=%1$d;expires=%2$d;nonce=\"%3$s\";tag=\"xietong\"",
                ";created=%1$d;expires=%2$d;nonce=\"%3$s\";keyid=\"%4$s\"",
                ";created=%1$d;expires=%2$d;nonce=\"%3$s\";keyid=\"%4$s\";tag=\"another\"",
                ";created=%1$d;expires=%2$d;nonce=\"short\";keyid=\"%4$s\";tag=\"xietong\"",
                ";expires=%2$d;created=%1$d;nonce=\"%3$s\";keyid=\"%4$s\";tag=\"xietong\"",
                ";created=%1$d;expires=%1$d;nonce=\"%3$s\";keyid=\"%4$s\";tag=\"xietong\"",
                ";created=\"%1$d\";expires=%2$d;nonce=\"%3$s\";keyid=\"%4$s\";tag=\"xietong\"",
            })
    void parametersOtherThanTheRuleAreRefused(String parameters) {
        long now = Instant.now().getEpochSecond();
        PreparedRequest write = write();
        refused(
                signed(
                        write,
                        Forge.components(write),
                        parameters.formatted(now, now + 120, Nonces.next(), msa().keyId())),
                INVALID);
    }

    @Test
    void signaturesOutsideTheClockWindowAreRefused() {
        Instant now = Instant.now();
        refused(timed(now.minusSeconds(130), 120), OUTSIDE);
        refused(timed(now.plusSeconds(90), 60), OUTSIDE);
        refused(timed(now, 301), OUTSIDE);
    }

    @Test
    void aKeyOfSomebodyElseCannotSignForASystem() {
        Signer others = city.keys().system(City.POLICE);
        Signer officers = city.keys().officer("MSA-421200-001");
        Signer strangers = stranger();
        refused(forged(write(), officers), INVALID);
        refused(forged(write(), strangers), INVALID);
        refused(forged(write(), city.keys().officer("POLICE-421200-001")), INVALID);
        refused(underForeignName(others), INVALID);
        refused(underForeignName(officers), INVALID);
        refused(underForeignName(strangers), INVALID);
        refused(forged(write(), others), "TOKEN_INVALID");
    }

    @Test
    void aSignatureThatIsNotThereOrNotReadableIsRefused() {
        refused(write().withoutHeader("signature"), NOBODY);
        refused(write().withoutHeader("signature-input"), NOBODY);
        refused(write().withoutHeader("signature").withoutHeader("signature-input"), NOBODY);
        refused(write().withHeader("signature", "sys=:AAAA:"), INVALID);
        refused(write().withHeader("signature", "sys"), INVALID);
        refused(write().withHeader("signature-input", "sys=();;"), INVALID);
        PreparedRequest renamed = write();
        refused(
                renamed.withHeader(
                                "signature",
                                renamed.header("signature").orElseThrow().replace("sys=", "officer="))
                        .withHeader(
                                "signature-input",
                                renamed.header("signature-input").orElseThrow().replace("sys=", "officer=")),
                NOBODY);
        PreparedRequest doubled = write();
        refused(
                doubled.withAddedHeader("signature", doubled.header("signature").orElseThrow())
                        .withAddedHeader(
                                "signature-input",
                                doubled.header("signature-input").orElseThrow()),
                INVALID);
    }

    @Test
    void everyFlippedByteOfTheSignatureIsNoticed() {
        PreparedRequest read = read();
        byte[] value = read.system().value();
        for (int i = 0; i < value.length; i += 5) {
            byte[] flipped = value.clone();
            flipped[i] ^= 1;
            refused(read.withHeader("signature", "sys=:" + Base64.getEncoder().encodeToString(flipped) + ":"), INVALID);
        }
    }

    @Test
    void whatHostSaysDoesNotMatter() {
        assertEquals("HTTP/1.1 200", wire.sendRaw(read().toHttp11Bytes("gateway.internal:8443")));
    }

    private void refused(PreparedRequest request, String code) {
        Stored.State before = stored.state();
        Reply reply = wire.send(request);
        reply.requireRefusedUnknown(401, code);
        assertEquals(before, stored.state(), "a request refused before authentication left something behind");
    }

    private PreparedRequest timed(Instant created, long seconds) {
        return city.call(City.MSA, "GET", "/v1/clues")
                .created(created)
                .validity(Duration.ofSeconds(seconds))
                .prepare();
    }

    private PreparedRequest write() {
        return city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue("")))
                .prepare();
    }

    private PreparedRequest read() {
        return city.unattended(City.MSA, "GET", "/v1/clues?limit=5&count=true").prepare();
    }

    private PreparedRequest act() {
        Registered clue = Registered.clue(city);
        return city.call(City.MSA, "POST", clue.path() + "/acts/triage")
                .idempotencyKey()
                .ifMatch(clue.etag())
                .body(City.utf8("{}"))
                .prepare();
    }

    private Signer msa() {
        return city.keys().system(City.MSA);
    }

    private PreparedRequest signed(PreparedRequest request, List<String> components, String parameters) {
        return Forge.sign(request, new Hand("sys", msa(), components, parameters));
    }

    private static PreparedRequest forged(PreparedRequest request, Signer key) {
        return Forge.sign(request, Hand.honest("sys", key, request));
    }

    /** Signed by one key in the name of the market inspection's. */
    private PreparedRequest underForeignName(Signer key) {
        PreparedRequest write = write();
        return Forge.sign(write, new Hand("sys", key, Forge.components(write), Forge.parameters(msa().keyId())));
    }

    private static Signer stranger() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return KeyFile.generate(KeyAlgorithm.SM2, "MSA-421200-cms", now.minusSeconds(60), now.plusSeconds(600))
                .signer();
    }

    private static Named<UnaryOperator<PreparedRequest>> change(String name, UnaryOperator<PreparedRequest> change) {
        return named(name, change);
    }
}
