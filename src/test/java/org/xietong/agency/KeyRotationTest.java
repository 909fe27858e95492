package org.xietong.agency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.xietong.app.DemonstrationCity;
import org.xietong.client.OfficerName;
import org.xietong.client.Purpose;
import org.xietong.client.SignedAnswer;
import org.xietong.client.SignedClient;
import org.xietong.crypto.BareKey;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.UnverifiedNoteException;
import org.xietong.evidence.VerifierKey;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stored;

/** The platform's keys are exchanged while callers call: no call fails, no checkpoint is without a key that was known before. */
@QuarkusTest
@WithTestResource(CityResource.class)
@TestProfile(KeyRotationTest.OfItsOwn.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyRotationTest {
    /** A service whose keys no other test knows. */
    public static final class OfItsOwn implements QuarkusTestProfile {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ORIGIN = DemonstrationCity.AUTHORITY + "/log";

    private final AtomicBoolean calling = new AtomicBoolean(true);
    private final AtomicInteger called = new AtomicInteger();
    private final List<X509Certificate> trusted = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> callers = new ArrayList<>();
    private City city;
    private HttpClient http;

    @BeforeEach
    void open() {
        city = City.current();
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void close() {
        calling.set(false);
        threads.close();
        http.close();
    }

    @Test
    @Order(2)
    void nobodyNoticesAnExchangeOfKeys() throws Exception {
        KeyFile gm = city.keys().issue(KeyAlgorithm.SM2, "response-gm");
        KeyFile intl = city.keys().issue(KeyAlgorithm.P256, "response-intl");
        KeyFile token = city.keys().issue(KeyAlgorithm.P256, "token");
        KeyFile logGm = city.keys().issue(KeyAlgorithm.SM2, "log-gm");
        KeyFile logIntl = city.keys().issue(KeyAlgorithm.ED25519, "log-intl");
        trusted.addAll(city.keys().platformCertificates());
        trusted.addAll(List.of(gm.certificate(), intl.certificate()));
        VerifierKey oldLog = logKey(open("log-intl"));
        VerifierKey newLog = logKey(logIntl);
        for (String unit : List.of(City.MSA, City.IPO, City.COPYRIGHT)) {
            callers.add(threads.submit(() -> callOn(client(unit), unit)));
        }

        logIntl.create(file("log-intl-next"), password());
        logGm.create(file("log-gm-next"), password());
        token.create(file("token-next"), password());
        SignedCheckpoint overlap = awaitSignedBy(newLog);
        assertTrue(overlap.verify(oldLog, List.of(newLog)).isSignedBy(newLog), "both sign for a while");

        gm.replace(file("response-gm"), password());
        intl.replace(file("response-intl"), password());
        for (String name : List.of("log-intl", "log-gm", "token")) {
            Files.move(
                    file(name + "-next"),
                    file(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        SignedClient msa = client(City.MSA);
        Stored.await(
                "answers by the new key",
                PATIENCE,
                () -> read(msa, City.MSA).response().keyId().equals(gm.signer().keyId()));
        Stored.await("a checkpoint by the new key alone", PATIENCE, () -> isSignedByAlone(newLog, oldLog));
        int before = called.get();
        Stored.await("callers to go on", PATIENCE, () -> called.get() > before + 20);
        calling.set(false);
        for (Future<?> caller : callers) {
            caller.get();
        }
        assertEquals(
                12,
                city.stored().number("SELECT count(*) FROM xietong.platform_certificate"),
                "seven keys, and five that followed");
    }

    @Test
    @Order(1)
    void aFileThatCannotBeUsedChangesNothing() throws Exception {
        trusted.addAll(city.keys().platformCertificates());
        Path file = file("evidence-gm");
        byte[] sound = Files.readAllBytes(file);
        Files.write(file, new byte[] {1, 2, 3});
        Thread.sleep(Duration.ofSeconds(5));
        assertEquals(
                200,
                city.wire()
                        .send(city.call(City.MSA, "GET", "/v1/clues?limit=1").prepare())
                        .status());
        Files.write(file, sound);
    }

    private void callOn(SignedClient client, String unit) {
        while (calling.get()) {
            assertEquals(200, read(client, unit).status());
            SignedAnswer written = client.call("POST", "/v1/clues")
                    .purpose(Purpose.of("case-handling"))
                    .officer(new OfficerName(unit + "-001", unit, "ukey"))
                    .idempotencyKey()
                    .body(City.utf8(Drafts.clue("")))
                    .send();
            assertFalse(written.status() >= 500, () -> "status " + written.status());
            called.incrementAndGet();
        }
    }

    private static SignedAnswer read(SignedClient client, String unit) {
        return client.call("GET", "/v1/clues?limit=1")
                .purpose(Purpose.of("case-handling"))
                .officer(new OfficerName(unit + "-001", unit, "ukey"))
                .send();
    }

    private SignedClient client(String unit) {
        return SignedClient.at(
                city.base(), DemonstrationCity.AUTHORITY, city.keys().system(unit), trusted);
    }

    private SignedCheckpoint awaitSignedBy(VerifierKey key) throws Exception {
        Stored.await("a checkpoint by the next key", PATIENCE, () -> isSigned(checkpoint(), key));
        return checkpoint();
    }

    private boolean isSignedByAlone(VerifierKey key, VerifierKey other) {
        SignedCheckpoint newest = checkpoint();
        return isSigned(newest, key) && !isSigned(newest, other);
    }

    private static boolean isSigned(SignedCheckpoint checkpoint, VerifierKey key) {
        try {
            checkpoint.verify(key, List.of());
            return true;
        } catch (UnverifiedNoteException e) {
            return false;
        }
    }

    private SignedCheckpoint checkpoint() {
        try {
            HttpRequest request = HttpRequest.newBuilder(city.base().resolve("/log/checkpoint"))
                    .build();
            return SignedCheckpoint.parse(
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static VerifierKey logKey(KeyFile key) {
        return VerifierKey.of(ORIGIN, SignatureType.ED25519, BareKey.of(key.certificate()));
    }

    private KeyFile open(String name) throws IOException {
        return KeyFile.open(file(name), password());
    }

    private Path file(String name) {
        return city.keys().platformKey(name);
    }

    private char[] password() throws IOException {
        return Files.readString(file("token").resolveSibling("password"))
                .strip()
                .toCharArray();
    }
}
