package org.xietong.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.Signer;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.ServiceProcess;
import org.xietong.testing.Stored;
import org.xietong.testing.TestDatabase;
import org.xietong.witness.WatchedLog;
import org.xietong.witness.Witness;
import org.xietong.witness.WitnessSetup;

/** An older database was restored and what was kept outside it is lost too: only witnesses know that the log was longer. */
class WitnessedRestoreIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Signer> KEYS = Map.of(
            "procuratorate",
                    TestParties.fresh(KeyAlgorithm.ED25519, "procuratorate").signer(),
            "court", TestParties.fresh(KeyAlgorithm.ED25519, "court").signer());

    @TempDir
    static Path folder;

    private static final List<Witness> running = new ArrayList<>();
    private static final Map<String, String> configuration = new LinkedHashMap<>();
    private static final List<Map<String, String>> older = new ArrayList<>();
    private static final List<VerifierKey> logKeys = new ArrayList<>();
    private static int port;
    private static long published;

    /** One takes submissions, the other looks by itself; both have seen more than the back-ups hold. */
    @BeforeAll
    static void aLogThatWitnessesSawGrow() throws Exception {
        configuration.putAll(new CityResource().start());
        port = freePort();
        configuration.put("xietong.witness.operator-agency", "IPO-421200");
        configuration.put("xietong.witness.every", "200ms");
        configuration.put("xietong.witnesses.procuratorate.agency", "PROC-421200");
        configuration.put("xietong.witnesses.procuratorate.key", vkey("procuratorate"));
        configuration.put("xietong.witnesses.procuratorate.url", "http://127.0.0.1:" + port);
        configuration.put("xietong.witnesses.court.agency", "COURT-421200");
        configuration.put("xietong.witnesses.court.key", vkey("court"));
        try (ServiceProcess service = ServiceProcess.start(configuration)) {
            String vkeys = RestoreIT.plain(service, "GET", "/log/vkeys").body();
            for (String line : vkeys.lines().toList()) {
                logKeys.add(VerifierKey.parse(line));
            }
            start("procuratorate", Optional.empty());
            start("court", Optional.of(service.base()));
            RestoreIT.created(City.at(service.base(), configuration), "");
            awaitCosigned(service);
        }
        closeWitnesses();
        for (String suffix : List.of("_one", "_two", "_three")) {
            older.add(RestoreIT.copied(configuration, suffix));
        }
        try (ServiceProcess service = ServiceProcess.start(configuration)) {
            start("procuratorate", Optional.empty());
            start("court", Optional.of(service.base()));
            RestoreIT.created(City.at(service.base(), configuration), "");
            RestoreIT.created(City.at(service.base(), configuration), "");
            published = awaitCosigned(service);
        }
        closeWitnesses();
        for (Map<String, String> each : older) {
            each.put(
                    "xietong.log.outside-folder",
                    Files.createTempDirectory(folder, "lost").toString());
        }
    }

    @AfterEach
    void end() throws IOException {
        closeWitnesses();
    }

    @AfterAll
    static void forget() {
        configuration.clear();
        older.clear();
        logKeys.clear();
    }

    @Test
    void theServiceRefusesFromTheStartAndGoesOnByADecisionAboutExactlyThatHead() throws Exception {
        start("procuratorate", Optional.empty());
        Map<String, String> restored = older.get(0);
        try (ServiceProcess service = ServiceProcess.startClosed(restored)) {
            City city = City.at(service.base(), restored);
            long entries = city.stored().count("journal_entry");
            long size = city.stored().number("SELECT size FROM xietong.ledger_head");
            assertTrue(size < published);
            assertSetBack(service);
            assertTrue(RestoreIT.plain(service, "GET", "/health/ready").body().contains("\"lostSize\": " + published));
            assertTrue(service.log().contains("procuratorate.example/witness"), service.log());
            assertEquals(entries, city.stored().count("journal_entry"));
            assertEquals(size, city.stored().number("SELECT size FROM xietong.ledger_head"));

            assertTrue(accept(restored, "--size", Long.toString(published + 1)).startsWith("1 "));
            assertFalse(RestoreIT.ready(service));
            String said = accept(restored);
            assertTrue(said.startsWith("0 ") && said.contains("放弃 / given up: " + published), said);
            Stored.await("it opens", PATIENCE, () -> RestoreIT.ready(service));
            assertEquals(
                    2,
                    city.stored().number("SELECT count(*) FROM xietong.ledger_restore WHERE lost_size = " + published),
                    "the heads of both trees");
            JsonNode told = JSON.readTree(
                    city.stored()
                            .text(
                                    "SELECT convert_from(p.bytes, 'UTF8') FROM xietong.journal_part p JOIN xietong.exchange_index i"
                                            + " ON i.id = p.entry_id WHERE i.operation = 'LEDGER_ACCEPT_RESTORE' AND p.name = 'request'"));
            assertEquals(published, told.path("lostSize").asLong());
            assertEquals("OPS-1", told.path("operator").asText());
            RestoreIT.created(city, "");
        }
        try (ServiceProcess again = ServiceProcess.startClosed(restored)) {
            Stored.await("what it shows is decided", PATIENCE, () -> RestoreIT.ready(again));
            assertFalse(again.log().contains("数据库曾被回退"), again.log());
        }
    }

    /** It was down when they started; nothing says that anything is wrong until it is back. */
    @Test
    void everyReplicaClosesOnceAWitnessIsBack() throws Exception {
        Map<String, String> restored = older.get(1);
        Map<String, String> other = new LinkedHashMap<>(restored);
        other.put(
                "xietong.log.outside-folder",
                Files.createTempDirectory(folder, "lost").toString());
        try (ServiceProcess one = ServiceProcess.startClosed(restored);
                ServiceProcess two = ServiceProcess.startClosed(other)) {
            for (ServiceProcess replica : List.of(one, two)) {
                Stored.await("a witness that is down stops no start", PATIENCE, () -> RestoreIT.ready(replica));
                assertTrue(replica.log().contains("启动时未能询问见证人 procuratorate.example/witness"), replica.log());
                assertTrue(RestoreIT.plain(replica, "GET", "/health/well")
                        .body()
                        .contains("\"unheardSinceStart\": \"procuratorate.example/witness\""));
            }
            start("procuratorate", Optional.empty());
            for (ServiceProcess replica : List.of(one, two)) {
                Stored.await("every replica closes", Duration.ofSeconds(15), () -> !RestoreIT.ready(replica));
                assertSetBack(replica);
            }
            assertTrue(accept(restored).startsWith("0 "));
            for (ServiceProcess replica : List.of(one, two)) {
                Stored.await("and opens", PATIENCE, () -> RestoreIT.ready(replica));
            }
        }
    }

    @Test
    void aWitnessThatLooksByItselfShowsWhatItSigned() throws Exception {
        Map<String, String> restored = new LinkedHashMap<>(older.get(2));
        restored.remove("xietong.log.outside-folder");
        try (ServiceProcess service = ServiceProcess.startClosed(restored)) {
            Stored.await("nobody knows", PATIENCE, () -> RestoreIT.ready(service));
            assertTrue(service.log().contains("未设置 xietong.log.outside-folder"), service.log());
            assertTrue(RestoreIT.plain(service, "GET", "/health/ready").body().contains("\"keptOutside\": false"));
            start("court", Optional.of(service.base()));
            Stored.await("it closes", Duration.ofSeconds(15), () -> !RestoreIT.ready(service));
            assertSetBack(service);
            assertTrue(service.log().contains("court.example/witness"), service.log());
        }
    }

    private static void assertSetBack(ServiceProcess service) throws IOException {
        HttpResponse<String> answer = RestoreIT.plain(service, "GET", "/v1/exchanges");
        assertEquals(503, answer.statusCode());
        assertEquals("LOG_SET_BACK", JSON.readTree(answer.body()).path("code").asText());
        assertTrue(service.log().contains("数据库曾被回退"), service.log());
    }

    private static String accept(Map<String, String> restored, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("ledger", "accept-restore", "--operator", "OPS-1", "--reason", "磁盘损坏，外部检查点亦失"));
        arguments.addAll(List.of(more));
        return ServiceProcess.verb(restored, arguments.toArray(String[]::new));
    }

    /** Until both witnesses have cosigned all that is in the log; returns how much that is. */
    private static long awaitCosigned(ServiceProcess service) {
        Stored stored = new Stored(TestDatabase.get().superuser(RestoreIT.database(configuration)));
        Stored.await("both have cosigned the head", PATIENCE, () -> {
            long size = stored.number("SELECT size FROM xietong.ledger_head");
            return stored.number("SELECT count(*) FROM xietong.journal_pending") == 0
                    && stored.number("SELECT count(*) FROM xietong.ledger_cosignature WHERE size = " + size) == 4;
        });
        assertEquals(200, RestoreIT.plain(service, "GET", "/log/checkpoint").statusCode());
        return stored.number("SELECT size FROM xietong.ledger_head");
    }

    private static void start(String name, Optional<URI> pulled) throws IOException {
        List<WatchedLog> logs = new ArrayList<>();
        for (TreeHash tree : TreeHash.values()) {
            String path = tree == TreeHash.SM3 ? "/log/sm3" : "/log";
            String origin = "xietong.xianning.example" + path;
            logs.add(new WatchedLog(
                    origin,
                    tree,
                    logKeys.stream().filter(key -> key.name().equals(origin)).toList(),
                    pulled.map(base -> new WatchedLog.Pull(
                            base.resolve(path),
                            Duration.ofMillis(200),
                            Optional.of(base.resolve("/log/cosignature"))))));
        }
        InetSocketAddress at = new InetSocketAddress(InetAddress.getLoopbackAddress(), pulled.isPresent() ? 0 : port);
        running.add(Witness.start(
                new WitnessSetup(name + ".example/witness", KEYS.get(name), at, folder.resolve(name), logs),
                InstantSource.system(),
                finding -> {}));
    }

    private static void closeWitnesses() throws IOException {
        for (Witness witness : running) {
            witness.close();
        }
        running.clear();
    }

    private static String vkey(String name) {
        return NoteSigner.of(name + ".example/witness", SignatureType.COSIGNATURE_V1, KEYS.get(name))
                .verifierKey()
                .toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
