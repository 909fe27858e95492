package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.testing.Stored;

/** Erasures and quarantines carried out again after a restore: by several replicas at once, each once, and in whatever order they come. */
class ErasureReplayTest {
    private static final String ERASURE = "SELECT replay_erasure(?::jsonb)";
    private static final String QUARANTINE = "SELECT replay_quarantine(?::jsonb)";

    @TempDir
    static Path directory;

    private static JournalDatabase database;

    private final UUID record = UUID.randomUUID();
    private final UUID spill = UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        database = JournalDatabase.start(directory.resolve("pg"), 0);
        database.prepare();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void aRecord() throws SQLException {
        UUID matter = UUID.randomUUID();
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute(
                    "SET search_path = xietong; INSERT INTO matter VALUES ('" + matter + "', 'MSA-1', now());"
                            + " INSERT INTO record (id, kind, matter_id, owner_unit, system, origin, state, label, addressees, precision,"
                            + " recorded_at, changed_at, version, content, attributes, participants) VALUES ('" + record
                            + "', 'clue', '"
                            + matter
                            + "', 'MSA-1', 's', 'LIVE', 'R', '{}', '{}', 'DAY', now(), now(), 1, '{\"facts\": \"x\"}', '{}', '{}')");
        }
    }

    @Test
    void replicasThatStartTogetherCarryOutEachErasureOnce() throws Exception {
        String line = erasure(UUID.randomUUID(), "RECORD", record, "d");
        together(ERASURE, line);
        assertEquals(2, number("SELECT version FROM xietong.record WHERE id = '%s' AND erased_at IS NOT NULL"));
        replay(ERASURE, line);
        assertEquals(2, number("SELECT version FROM xietong.record WHERE id = '%s'"));
    }

    @Test
    void anotherErasureUnderTheSameIdIsRefused() throws SQLException {
        UUID id = UUID.randomUUID();
        replay(ERASURE, erasure(id, "RECORD", record, "d"));
        SQLException refused =
                assertThrows(SQLException.class, () -> replay(ERASURE, erasure(id, "RECORD", record, "other")));
        assertEquals("XT409", refused.getSQLState());
    }

    @Test
    void replicasThatStartTogetherQuarantineOnce() throws Exception {
        together(QUARANTINE, quarantine(spill, record));
        assertTrue(isQuarantined());
        replay(QUARANTINE, quarantine(spill, record));
        assertEquals(1, number("SELECT count(*) FROM xietong.spill WHERE record_id = '%s'"));
    }

    @Test
    void aReleaseIsCarriedOutAgainBeforeOrAfterItsSpill() throws SQLException {
        replay(QUARANTINE, quarantine(spill, record));
        replay(ERASURE, erasure(UUID.randomUUID(), "RELEASE", spill, "d"));
        assertEquals(0, number("SELECT count(*) FROM xietong.record WHERE id = '%s' AND quarantined_by IS NOT NULL"));
        UUID second = UUID.randomUUID();
        replay(ERASURE, erasure(UUID.randomUUID(), "RELEASE", second, "d"));
        replay(QUARANTINE, quarantine(second, record));
        assertEquals(0, number("SELECT count(*) FROM xietong.record WHERE id = '%s' AND quarantined_by IS NOT NULL"));
        assertEquals(0, number("SELECT count(*) FROM xietong.spill WHERE record_id = '%s' AND ended_at IS NULL"));
    }

    @Test
    void aSpillThatStandsStillClosesAfterTheReleaseOfAnother() throws SQLException {
        replay(QUARANTINE, quarantine(spill, record));
        replay(QUARANTINE, quarantine(UUID.randomUUID(), record));
        replay(ERASURE, erasure(UUID.randomUUID(), "RELEASE", spill, "d"));
        assertTrue(isQuarantined());
    }

    @Test
    void whatIsNotThereOrErasedNeedsNoQuarantine() throws SQLException {
        replay(QUARANTINE, quarantine(UUID.randomUUID(), UUID.randomUUID()));
        replay(ERASURE, erasure(UUID.randomUUID(), "RECORD", record, "d"));
        replay(QUARANTINE, quarantine(spill, record));
        assertEquals(0, number("SELECT count(*) FROM xietong.spill WHERE record_id = '%s' AND ended_at IS NULL"));
    }

    @Test
    void nobodyButTheEraserDoes() {
        for (String role : new String[] {"xietong_app", "xietong_auditor", "xietong_sequencer"}) {
            for (String call : new String[] {"replay_erasure('{}')", "replay_quarantine('{}')", "sweep_erasures()"}) {
                assertEquals("42501", failure(role, "SELECT " + call), role + " " + call);
            }
        }
    }

    /** The first holds its transaction open until the second waits for it. */
    private static void together(String call, String line) throws Exception {
        try (Connection first = database.connect("xietong_eraser");
                PreparedStatement replay = first.prepareStatement(call)) {
            first.setAutoCommit(false);
            replay.setString(1, line);
            replay.execute();
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
                try {
                    replay(call, line);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Stored.await("the second waits", Duration.ofSeconds(20), () -> {
                try {
                    return second.isDone() || database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0;
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            first.commit();
            second.get(20, TimeUnit.SECONDS);
        }
    }

    private static void replay(String call, String line) throws SQLException {
        try (Connection eraser = database.connect("xietong_eraser");
                PreparedStatement replay = eraser.prepareStatement(call)) {
            replay.setString(1, line);
            replay.execute();
        }
    }

    private boolean isQuarantined() throws SQLException {
        return number("SELECT count(*) FROM xietong.record WHERE id = '%s' AND quarantined_by IS NOT NULL") == 1;
    }

    private long number(String sql) throws SQLException {
        return database.number(sql.formatted(record));
    }

    private static String failure(String role, String sql) {
        SQLException refused = assertThrows(SQLException.class, () -> {
            try (Connection connection = database.connect(role);
                    Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = xietong");
                statement.execute(sql);
            }
        });
        return refused.getSQLState();
    }

    private static String erasure(UUID id, String kind, UUID target, String digest) {
        return """
                {"id": "%s", "kind": "%s", "target": "%s", "unit": "MSA-1", "freeText": false, "basis": "PIPL_47", "digest": "%s",
                 "proposedBy": "a", "proposedKey": "ka", "proposedAt": "2026-01-01T00:00:00Z", "proposedIn": "%s",
                 "approvedBy": "b", "approvedKey": "kb", "approvedAt": "2026-01-01T00:00:01Z", "approvedIn": "%s"}
                """.formatted(id, kind, target, digest, UUID.randomUUID(), UUID.randomUUID());
    }

    private static String quarantine(UUID spill, UUID target) {
        return """
                {"id": "%s", "kind": "QUARANTINE", "target": "%s", "unit": "POLICE-1", "officer": "o", "reason": "SUSPECTED",
                 "at": "2026-01-01T00:00:00Z", "exchange": "%s"}
                """.formatted(spill, target, UUID.randomUUID());
    }
}
