package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.DemonstrationAuthority;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.OpenSsl;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Suite;
import org.xietong.crypto.TestParties;
import org.xietong.crypto.TimeStampAuthority;
import org.xietong.crypto.TimeStampException;
import org.xietong.crypto.TimeStampToken;
import org.xietong.evidence.check.BundleCheck;
import org.xietong.evidence.check.Checked;
import org.xietong.evidence.check.Report;
import org.xietong.evidence.check.TestBundle;
import org.xietong.evidence.check.Trust;
import org.xietong.testing.City;
import org.xietong.testing.Stored;

/** A time-stamp authority gets another root and key while callers call; what it stamped before and after verifies. */
@QuarkusTest
@WithTestResource(RotatingAuthorityResource.class)
@TestProfile(TimeAuthorityRotationTest.OfItsOwn.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TimeAuthorityRotationTest {
    /** A service whose authorities no other test knows. */
    public static final class OfItsOwn implements QuarkusTestProfile {}

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DemonstrationAuthority OLD = TestParties.authority(Suite.INTL);
    private static final DemonstrationAuthority NEW =
            DemonstrationAuthority.create(Suite.INTL, TestParties.FROM, TestParties.TO);

    @TempDir
    Path folder;

    private final AtomicBoolean calling = new AtomicBoolean(true);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private City city;
    private HttpClient http;
    private HttpServer server;
    private volatile TimeStampAuthority authority = authority(OLD);

    @BeforeEach
    void open() throws IOException {
        city = City.current();
        http = HttpClient.newHttpClient();
        server = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(),
                        ConfigProvider.getConfig().getValue(RotatingAuthorityResource.PORT, Integer.class)),
                0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] reply = authority.answer(exchange.getRequestBody().readAllBytes());
                exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
                exchange.sendResponseHeaders(200, reply.length);
                exchange.getResponseBody().write(reply);
            }
        });
        server.setExecutor(threads);
    }

    @AfterEach
    void close() {
        calling.set(false);
        server.stop(0);
        threads.close();
        http.close();
    }

    @Test
    @Order(1)
    void whatWasStampedBeforeAndAfterVerifies() throws Exception {
        write(OLD.root());
        Stored.await("its root to be kept", PATIENCE, () -> kept(OLD.root()));
        server.start();
        exchange();
        Stored.await("the outside authority", PATIENCE, () -> newest().equals("127.0.0.1"));
        SignedAnswer before = exchange();
        long early = timed(before);
        Future<?> caller = threads.submit(this::callOn);
        String since = city.stored().text("SELECT clock_timestamp()::text");

        write(OLD.root(), NEW.root());
        Stored.await("both to be kept", PATIENCE, () -> kept(NEW.root()));
        authority = authority(NEW);
        Stored.await("a token of the new key", PATIENCE, () -> isOf(newestToken(), NEW));
        write(NEW.root());
        SignedAnswer after = exchange();
        long late = timed(after);
        Files.writeString(file(), "no certificate");
        Stored.await("the refusal", PATIENCE, () -> metric("xietong_keys_refused") == 1);
        timed(exchange());
        write(NEW.root());
        Stored.await("the end of the refusal", PATIENCE, () -> metric("xietong_keys_refused") == 0);
        timed(exchange());
        calling.set(false);
        caller.get();
        assertEquals(
                0,
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.ledger_timestamp WHERE authority = 'built-in' AND at > ?::timestamptz",
                                since),
                "the outside authority was believed all the time");

        opensslVerifies(early, OLD);
        opensslVerifies(late, NEW);
        assertThrows(IOException.class, () -> opensslVerifies(late, OLD));
        for (SignedAnswer one : List.of(before, after)) {
            byte[] bundle = bundle(one);
            Report report = BundleCheck.check(Files.write(folder.resolve("b.zip"), bundle), Trust.none(Instant.now()));
            assertEquals(Optional.empty(), report.fault());
            assertTrue(report.checked(Checked.TIMESTAMPS) > 0, "timed");
            scriptVerifies(bundle, one.exchangeId());
        }
    }

    @Test
    @Order(2)
    void theBuiltInAuthoritysKeyIsExchangedToo() throws Exception {
        Path key = city.keys().timeStampKey();
        char[] password =
                Files.readString(key.resolveSibling("password")).strip().toCharArray();
        SignedAnswer before = exchange();
        timed(before);
        Future<?> caller = threads.submit(this::callOn);
        KeyFile fresh = NEW.issueForTimeStamping("next", TestParties.FROM, TestParties.TO);
        fresh.replace(key, password);
        Stored.await(
                "a token of the new key",
                PATIENCE,
                () -> newest().equals("built-in") && carries(newestToken(), fresh.certificate()));
        SignedAnswer after = exchange();
        timed(after);
        calling.set(false);
        caller.get();
        for (SignedAnswer one : List.of(before, after)) {
            Report report =
                    BundleCheck.check(Files.write(folder.resolve("b.zip"), bundle(one)), Trust.none(Instant.now()));
            assertEquals(Optional.empty(), report.fault());
            assertTrue(report.checked(Checked.TIMESTAMPS) > 0, "timed");
        }
    }

    private static TimeStampAuthority authority(DemonstrationAuthority root) {
        return new TimeStampAuthority(
                root.issueForTimeStamping("TSA", TestParties.FROM, TestParties.TO)
                        .signer(),
                Clock.systemUTC());
    }

    private void callOn() {
        while (calling.get()) {
            assertEquals(200, exchange().status());
        }
    }

    private SignedAnswer exchange() {
        return city.call(City.MSA, "GET", "/v1/clues?limit=1").send();
    }

    private void write(X509Certificate... certificates) throws IOException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append(Pem.ofCertificate(certificate));
        }
        Path next = file().resolveSibling("tsa.next");
        Files.writeString(next, pem);
        Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path file() {
        return Path.of(ConfigProvider.getConfig().getValue(RotatingAuthorityResource.FILE, String.class));
    }

    private boolean kept(X509Certificate certificate) {
        return city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.ledger_time_certificate WHERE certificate = decode(?, 'base64')",
                                base64(certificate))
                == 1;
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who stamped last. */
    private String newest() {
        return city.stored()
                .text("SELECT coalesce((SELECT authority FROM xietong.ledger_timestamp"
                        + " ORDER BY at DESC LIMIT 1), 'nobody')");
    }

    private TimeStampToken newestToken() {
        try {
            return TimeStampToken.parse(
                    Base64.getMimeDecoder()
                            .decode(
                                    city.stored()
                                            .text(
                                                    "SELECT encode(token, 'base64') FROM xietong.ledger_timestamp ORDER BY at DESC LIMIT 1")));
        } catch (TimeStampException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOf(TimeStampToken token, DemonstrationAuthority root) {
        try {
            return token.certificates().stream().anyMatch(each -> isIssued(each, root.root()));
        } catch (TimeStampException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isIssued(X509Certificate certificate, X509Certificate by) {
        try {
            certificate.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean carries(TimeStampToken token, X509Certificate certificate) {
        try {
            return token.certificates().contains(certificate);
        } catch (TimeStampException e) {
            throw new IllegalStateException(e);
        }
    }

    private void opensslVerifies(long size, DemonstrationAuthority root) throws Exception {
        Path pem = Files.writeString(folder.resolve("root.pem"), Pem.ofCertificate(root.root()));
        Path data = Files.write(folder.resolve("data"), get("/log/timestamp/" + size + "/checkpoint"));
        Path token = Files.write(folder.resolve("token.tsr"), get("/log/timestamp/" + size));
        OpenSsl.must("ts", "-verify", "-in", token.toString(), "-data", data.toString(), "-CAfile", pem.toString());
    }

    private void scriptVerifies(byte[] bundle, String id) throws Exception {
        Path unpacked = Files.createDirectories(folder.resolve(id));
        TreeMap<String, byte[]> files = TestBundle.unzip(bundle);
        TestBundle.unpack(files, unpacked);
        Process process = new ProcessBuilder(
                        List.of("sh", unpacked.resolve("verify.sh").toString()))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    private byte[] bundle(SignedAnswer of) {
        SignedAnswer[] answer = new SignedAnswer[1];
        Stored.await("the log to hold it", PATIENCE, () -> {
            answer[0] = city.call(City.MSA, "GET", "/v1/exchanges/" + of.exchangeId() + "/evidence")
                    .send();
            return answer[0].status() == 200;
        });
        return answer[0].body();
    }

    /** The size of the first timed checkpoint that holds the exchange. */
    private long timed(SignedAnswer exchange) {
        String sql = "SELECT coalesce(min(t.size), 0) FROM xietong.ledger_timestamp t JOIN xietong.ledger_leaf l"
                + " ON l.entry_id = ?::uuid AND l.position < t.size WHERE t.tree = 'SM3'";
        Stored.await("a timed checkpoint", PATIENCE, () -> city.stored().number(sql, exchange.exchangeId()) > 0);
        return city.stored().number(sql, exchange.exchangeId());
    }

    private double metric(String name) {
        return new String(get("/metrics"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private byte[] get(String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(city.base().resolve(path)).build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
