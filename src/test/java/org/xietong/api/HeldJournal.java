package org.xietong.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xietong.testing.Stored;

/**
 * Holds exchanges of one operation where they have read and decided all, and are just being journaled: the entry of each waits, in the
 * middle of its statement, until this is let go.
 */
final class HeldJournal implements AutoCloseable {
    private static final long KEY = 20211L;
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Stored stored;
    private final Connection lock;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param which condition over the row {@code NEW} of {@code exchange_index} */
    HeldJournal(Stored stored, String which) throws SQLException {
        this.stored = stored;
        stored.execute(
                "CREATE FUNCTION xietong.held() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM"
                        + " pg_advisory_xact_lock_shared(" + KEY + "); RETURN NEW; END $$",
                "CREATE TRIGGER held BEFORE INSERT ON xietong.exchange_index FOR EACH ROW WHEN (" + which
                        + ") EXECUTE FUNCTION xietong.held()");
        lock = stored.connect();
        try (Statement statement = lock.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + KEY + ")");
        }
    }

    /** Begins an exchange, and returns once it is held. */
    <T> Future<T> begin(Callable<T> exchange) {
        Future<T> under = threads.submit(exchange);
        Stored.await("the exchange is held", PATIENCE, () -> waiting("advisory") == 1);
        return under;
    }

    /** Begins what ends by itself, or waits for what is held; returns once it does either. */
    <T> Future<T> against(Callable<T> exchange) {
        Future<T> other = threads.submit(exchange);
        Stored.await("it is done, or waits too", PATIENCE, () -> other.isDone() || waiting("transactionid") > 0);
        return other;
    }

    void release() throws SQLException {
        try (Statement statement = lock.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock_all()");
        }
    }

    static <T> T result(Future<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private long waiting(String type) {
        return stored.number(
                "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                        + " WHERE NOT l.granted AND l.locktype = ? AND a.datname = current_database()",
                type);
    }

    @Override
    public void close() throws SQLException {
        lock.close();
        threads.shutdown();
        stored.execute("DROP TRIGGER held ON xietong.exchange_index", "DROP FUNCTION xietong.held()");
    }
}
