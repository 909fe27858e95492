package org.xietong.agency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.app.DatabaseRole;
import org.xietong.crypto.DemonstrationAuthority;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.RevocationList;
import org.xietong.crypto.Suite;
import org.xietong.testing.TestDatabase;

/** Revocation lists are kept as they were when they could be relied on, of authorities that the directory trusts. */
class RevocationsTest {
    private static final TestDatabase DATABASE = TestDatabase.get();
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    private static DataSource owner;
    private static DataSource app;

    @TempDir
    Path folder;

    private final DemonstrationAuthority authority =
            DemonstrationAuthority.create(Suite.GM, NOW.minus(WEEK.multipliedBy(9)), NOW.plus(WEEK.multipliedBy(9)));

    @BeforeAll
    static void migrate() {
        String name = DATABASE.fresh();
        DATABASE.migrate(name);
        owner = DATABASE.as(DatabaseRole.OWNER, name);
        app = DATABASE.as(DatabaseRole.APP, name);
    }

    @Test
    void givesTheListThatCouldBeReliedOnWhenSomethingWasSigned() throws Exception {
        trust(authority.root());
        X509Certificate leaf = leaf();
        Revocations revocations = new Revocations(app);
        revocations.keep(list(1, NOW.minus(WEEK), NOW, Map.of()));
        revocations.keep(list(2, NOW, NOW.plus(WEEK), Map.of(leaf.getSerialNumber(), NOW.minusSeconds(60))));
        Instant before = NOW.minus(Duration.ofDays(1));
        RevocationList then = revocations.at(leaf, before).orElseThrow();
        assertEquals(NOW.minus(WEEK), then.thisUpdate());
        assertTrue(!then.isRevoked(leaf, before));
        RevocationList later =
                revocations.at(leaf, NOW.plus(Duration.ofDays(1))).orElseThrow();
        assertTrue(later.isRevoked(leaf, NOW));
        assertEquals(NOW, revocations.at(leaf, NOW).orElseThrow().thisUpdate(), "of two the newer");
        assertEquals(Optional.empty(), revocations.at(leaf, NOW.plus(WEEK).plusSeconds(1)));
        assertEquals(Optional.empty(), revocations.at(leaf, NOW.minus(WEEK).minusSeconds(1)));
    }

    @Test
    void keepsNoListOfAnUnknownAuthority() throws Exception {
        Revocations revocations = new Revocations(app);
        byte[] unknown = list(1, NOW, NOW.plus(WEEK), Map.of());
        assertThrows(IllegalArgumentException.class, () -> revocations.keep(unknown));
        trust(DemonstrationAuthority.create(Suite.GM, NOW.minus(WEEK), NOW.plus(WEEK))
                .root());
        assertThrows(IllegalArgumentException.class, () -> revocations.keep(unknown), "an authority of the same name");
        trust(authority.root());
        revocations.keep(unknown);
        revocations.keep(unknown);
        assertArrayEquals(unknown, revocations.at(leaf(), NOW).orElseThrow().der());
    }

    @Test
    void takesListsFromFilesAndOverHttp() throws Exception {
        trust(authority.root());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] first = list(1, NOW, NOW.plus(WEEK), Map.of());
        server.createContext("/list", exchange -> {
            exchange.sendResponseHeaders(200, first.length);
            exchange.getResponseBody().write(first);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/list";
            Path file = folder.resolve("list.crl");
            RevocationWatch watch = watch(url, file.toString());
            assertEquals(Set.of(file.toString()), watch.look(), "not there yet");
            assertArrayEquals(
                    first, new Revocations(app).at(leaf(), NOW).orElseThrow().der());
            byte[] second = list(2, NOW.minusSeconds(9), NOW.plusSeconds(9), Map.of());
            Files.writeString(file, RevocationList.parse(second).pem());
            assertEquals(Set.of(), watch.look());
            assertArrayEquals(
                    second,
                    new Revocations(app)
                            .at(leaf(), NOW.minusSeconds(1))
                            .orElseThrow()
                            .der());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysWhichSourceIsOutOfDateButKeepsWhatItGave() throws Exception {
        trust(authority.root());
        Path stale = Files.write(folder.resolve("stale.crl"), list(1, NOW.minus(WEEK), NOW.minusSeconds(1), Map.of()));
        Path garbage = Files.writeString(folder.resolve("garbage.crl"), "no list");
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        RevocationWatch watch = watch(metrics, stale.toString(), garbage.toString());
        assertEquals(Set.of(stale.toString(), garbage.toString()), watch.look());
        assertEquals(2, metrics.get("xietong.revocation.failing").gauge().value());
        assertTrue(new Revocations(app).at(leaf(), NOW.minusSeconds(60)).isPresent());
    }

    @Test
    void nobodyTakesAListBack() throws Exception {
        trust(authority.root());
        new Revocations(app).keep(list(1, NOW, NOW.plus(WEEK), Map.of()));
        for (String sql :
                List.of("DELETE FROM xietong.revocation_data", "UPDATE xietong.revocation_data SET at = now()")) {
            assertEquals("55000", failure(owner, sql));
            assertEquals("42501", failure(app, sql));
        }
    }

    private RevocationWatch watch(String... sources) {
        return watch(new SimpleMeterRegistry(), sources);
    }

    private static RevocationWatch watch(SimpleMeterRegistry metrics, String... sources) {
        RevocationConfig config = new RevocationConfig() {
            @Override
            public Optional<List<String>> crls() {
                return Optional.of(List.of(sources));
            }

            @Override
            public Duration every() {
                return Duration.ofHours(1);
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(30);
            }
        };
        return new RevocationWatch(new Revocations(app), config, metrics, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private X509Certificate leaf() {
        return authority
                .issue(KeyAlgorithm.SM2, "leaf", NOW.minus(WEEK.multipliedBy(8)), NOW.plus(WEEK.multipliedBy(8)))
                .certificate();
    }

    private byte[] list(long number, Instant from, Instant to, Map<BigInteger, Instant> revoked) {
        return authority.revocationList(number, from, to, revoked);
    }

    private static void trust(X509Certificate root) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement empty = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO trusted_authority (id, name, certificate) VALUES (?, ?, ?)")) {
            empty.execute("DELETE FROM trusted_authority");
            insert.setString(1, X509.id(root));
            insert.setString(2, "root");
            insert.setBytes(3, X509.der(root));
            insert.executeUpdate();
        }
    }

    private static String failure(DataSource as, String sql) throws SQLException {
        try (Connection connection = as.getConnection();
                Statement statement = connection.createStatement()) {
            return assertThrows(SQLException.class, () -> statement.execute(sql))
                    .getSQLState();
        }
    }
}
