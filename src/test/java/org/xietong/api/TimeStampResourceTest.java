package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.agency.Revocations;
import org.xietong.crypto.OpenSsl;
import org.xietong.crypto.Pem;
import org.xietong.crypto.RevocationList;
import org.xietong.crypto.Suite;
import org.xietong.crypto.TimeStampToken;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Stored;

/** The time-stamps as anybody on the network reads them, checked with openssl. */
@QuarkusTest
@WithTestResource(CityResource.class)
class TimeStampResourceTest {
    @Inject
    Revocations revocations;

    @TempDir
    Path folder;

    private City city;
    private HttpClient http;

    @BeforeEach
    void open() {
        city = City.current();
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @ParameterizedTest
    @EnumSource(TreeHash.class)
    void anExchangeIsSoonTimedAndOpensslSaysSo(TreeHash tree) throws Exception {
        long size = timed(city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId());
        String path = "/log/timestamp/" + size + (tree == TreeHash.SM3 ? "/sm3" : "");
        HttpResponse<byte[]> reply = get(path);
        assertEquals(200, reply.statusCode());
        assertEquals(
                "application/timestamp-reply",
                reply.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                "public, max-age=31536000, immutable",
                reply.headers().firstValue("Cache-Control").orElseThrow());
        byte[] note = get(path + "/checkpoint").body();
        assertEquals(size, SignedCheckpoint.parse(note).checkpoint().size());
        Path data = Files.write(folder.resolve("checkpoint"), note);
        Path response = Files.write(folder.resolve("checkpoint.tsr"), reply.body());
        Path root = certificate("root-intl");
        String said = new String(
                OpenSsl.must(
                        "ts",
                        "-verify",
                        "-in",
                        response.toString(),
                        "-data",
                        data.toString(),
                        "-CAfile",
                        root.toString()),
                StandardCharsets.UTF_8);
        assertTrue(said.contains("Verification: OK"), said);
        note[0] ^= 1;
        Files.write(data, note);
        assertThrows(
                IOException.class,
                () -> OpenSsl.must(
                        "ts",
                        "-verify",
                        "-in",
                        response.toString(),
                        "-data",
                        data.toString(),
                        "-CAfile",
                        root.toString()));
    }

    @Test
    void theTimeIsThatOfTheExchange() throws Exception {
        Instant before = Instant.now();
        long size = timed(city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId());
        Instant time =
                TimeStampToken.parse(get("/log/timestamp/" + size).body()).time();
        assertTrue(!time.isBefore(before.minusSeconds(1)), time + " before " + before);
        assertTrue(!time.isAfter(Instant.now()));
    }

    @Test
    void whatIsNotTimedIsNotThere() throws Exception {
        timed(city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId());
        for (String path : List.of(
                "/log/timestamp/999999999999",
                "/log/timestamp/999999999999/sm3",
                "/log/timestamp/999999999999/checkpoint",
                "/log/timestamp/-1",
                "/log/timestamp/99999999999999999999",
                "/log/timestamp/1/md5")) {
            assertEquals(404, get(path).statusCode(), path);
        }
    }

    @Test
    void healthAndMetricsSayHowItStands() throws Exception {
        timed(city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId());
        String health = new String(get("/health/well").body(), StandardCharsets.UTF_8);
        assertTrue(health.contains("\"log-alarms\""), health);
        assertTrue(health.contains("\"untimed\": false"), health);
        assertTrue(health.contains("\"clocksDiffer\": false"), health);
        String metrics = new String(get("/metrics").body(), StandardCharsets.UTF_8);
        assertTrue(metrics.contains("xietong_timestamp_lag_seconds "), metrics);
        assertTrue(metrics.contains("xietong_log_alarms 0"), metrics);
        assertTrue(metrics.contains("xietong_timestamp_clock_difference_seconds "), metrics);
        assertTrue(metrics.contains("xietong_revocation_failing 0"), metrics);
    }

    @ParameterizedTest
    @EnumSource
    void revocationListsOfTheCitysAuthoritiesAreKept(Suite suite) throws Exception {
        X509Certificate system = city.keys()
                .system(suite == Suite.GM ? City.MSA : City.COPYRIGHT)
                .certificate();
        Stored.await(
                "the list is kept",
                Duration.ofSeconds(10),
                () -> revocations.at(system, Instant.now()).isPresent());
        RevocationList list = revocations.at(system, Instant.now()).orElseThrow();
        String root = suite == Suite.GM ? "root-gm" : "root-intl";
        assertTrue(list.isIssuedBy(Pem.certificate(Files.readString(certificate(root)))));
        assertTrue(!list.isRevoked(system, Instant.now()));
    }

    private Path certificate(String name) {
        return city.keys().timeStampKey().resolveSibling("certificates").resolve(name + ".pem");
    }

    /** Waits until the exchange stands in a timed checkpoint, and gives the size of the newest. */
    private long timed(String exchangeId) {
        Stored.await(
                "a timed checkpoint",
                Duration.ofSeconds(20),
                () -> city.stored()
                                .number(
                                        "SELECT count(*) FROM xietong.ledger_leaf WHERE entry_id = ?::uuid AND position <"
                                                + " (SELECT max(size) FROM xietong.ledger_timestamp WHERE tree = 'SM3')",
                                        exchangeId)
                        == 1);
        try {
            return Long.parseLong(new String(get("/log/timestamp/newest").body(), StandardCharsets.UTF_8).strip());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(city.base().resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
