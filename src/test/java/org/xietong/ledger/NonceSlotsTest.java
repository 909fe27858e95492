package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NonceSlotsTest {
    private JournalDatabase database;
    private AgroalDataSource store;
    private Journal journal;
    private NonceSlots slots;

    @BeforeEach
    void start() throws Exception {
        awaitRoomInTheTurn();
        database = JournalDatabase.shared();
        store = database.pool("xietong_app");
        journal = new Journal(store, Records.CONFIG, new SimpleMeterRegistry());
        slots = new NonceSlots(store);
        forgetTheFuture();
        slots.emptyOldSlot();
    }

    @AfterEach
    void stop() {
        journal.close();
        store.close();
    }

    /** A slot that somebody is just reading is left for the next time. */
    private boolean emptied() throws Exception {
        boolean emptied = false;
        for (int round = 0; round < 10 && !emptied; round++) {
            emptied = slots.emptyOldSlot();
        }
        return emptied;
    }

    @Test
    void forgetsOnlyWhatIsOlderThanFifteenMinutes() throws Exception {
        NonceUse old = nonce(turn(-4));
        List<NonceUse> live =
                List.of(nonce(turn(-3)), nonce(turn(-2)), nonce(turn(-1)), nonce(Instant.now()), nonce(turn(1)));
        journal.appendGrouped(Records.with(List.of(old)));
        for (NonceUse nonce : live) {
            journal.appendGrouped(Records.with(List.of(nonce)));
        }
        long before = database.count("nonce");

        assertTrue(emptied());

        assertEquals(before - 1, database.count("nonce"));
        for (NonceUse nonce : live) {
            assertThrows(ReplayException.class, () -> journal.appendGrouped(Records.with(List.of(nonce))));
        }
        assertFalse(slots.emptyOldSlot(), "nothing was left to empty");
    }

    @Test
    void leavesASlotThatHoldsAYoungNonce() throws Exception {
        NonceUse old = nonce(turn(-4));
        NonceUse ahead = nonce(turn(2));
        journal.appendGrouped(Records.with(List.of(old)));
        journal.appendGrouped(Records.with(List.of(ahead)));
        assertEquals(NonceSlots.slot(old.created()), NonceSlots.slot(ahead.created()));

        assertFalse(slots.emptyOldSlot());
        assertThrows(ReplayException.class, () -> journal.appendGrouped(Records.with(List.of(ahead))));

        forgetTheFuture();
        assertTrue(emptied());
    }

    /** A nonce of years ahead keeps its slot for ever, and one slot in six is next to be emptied. */
    private void forgetTheFuture() throws SQLException {
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute("DELETE FROM xietong.nonce WHERE created > now() + interval '200 seconds'");
        }
    }

    @Test
    void doesNotWaitForAReaderThatHoldsTheSlot() throws Exception {
        journal.appendGrouped(Records.with(List.of(nonce(turn(-4)))));
        try (Connection backup = database.connect("postgres");
                Statement statement = backup.createStatement()) {
            backup.setAutoCommit(false);
            statement.execute("LOCK TABLE xietong.nonce IN ACCESS SHARE MODE");
            assertFalse(slots.emptyOldSlot());
            journal.appendGrouped(Records.any());
            backup.rollback();
        }
        assertTrue(emptied());
    }

    @Test
    void slotOfJavaIsTheSlotOfTheStore() {
        for (long second : List.of(0L, 299L, 300L, 1799L, 1800L, 1_762_300_000L, 4_102_444_799L)) {
            journal.appendGrouped(Records.with(List.of(nonce(Instant.ofEpochSecond(second)))));
        }
    }

    @Test
    void nonceOfAnyLengthIsTaken() {
        journal.appendGrouped(Records.with(List.of(new NonceUse("k", "n".repeat(100_000), Instant.now()))));
    }

    /** A test that ran across the end of a turn would count its turns wrongly. */
    private static void awaitRoomInTheTurn() {
        while (Instant.now().getEpochSecond() % 300 > 285) {
            LockSupport.parkNanos(100_000_000);
        }
    }

    /** The middle of a turn of five minutes, counted from now. */
    private static Instant turn(int distance) {
        return Instant.ofEpochSecond((Instant.now().getEpochSecond() / 300 + distance) * 300 + 150);
    }

    private static NonceUse nonce(Instant created) {
        return new NonceUse("k".repeat(64), Records.nonce().nonce(), created);
    }
}
