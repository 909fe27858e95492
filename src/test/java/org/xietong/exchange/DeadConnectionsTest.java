package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;

/** A database that was restarted leaves a pool of dead connections; none of them costs a request or the directory. */
@QuarkusTest
@WithTestResource(CityResource.class)
class DeadConnectionsTest {
    private static final int CALLERS = 24;
    private static final int POOLED = 10;
    private static final String BACKENDS =
            "SELECT pid FROM pg_stat_activity WHERE usename = 'xietong_app' AND datname = current_database()";

    @Test
    void noRequestIsRefusedForAConnectionThatDiedInThePool() throws SQLException {
        City city = City.current();
        Stored stored = city.stored();
        fillThePool(city, stored);
        List<String> pooled = stored.texts(BACKENDS);
        assertTrue(pooled.size() > POOLED, "a pool worth the name: " + pooled.size());

        pooled.forEach(pid -> stored.text("SELECT pg_terminate_backend(?::int)", pid));
        // Longer than the pool trusts an idle connection, far shorter than the directory may be unconfirmed.
        LockSupport.parkNanos(Duration.ofMillis(800).toNanos());

        for (int request = 0; request < CALLERS; request++) {
            read(city).requireStatus(200);
        }
    }

    /** A lock makes every read wait in its transaction, so that each has a connection of its own. */
    private static void fillThePool(City city, Stored stored) throws SQLException {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                Connection holder = stored.connect();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE xietong.record_sight IN ACCESS EXCLUSIVE MODE");
            for (int caller = 0; caller < CALLERS; caller++) {
                Future<?> unused = callers.submit(() -> read(city));
            }
            Stored.await(
                    "many wait",
                    Duration.ofSeconds(20),
                    () -> stored.texts(BACKENDS + " AND wait_event_type = 'Lock'")
                                    .size()
                            > POOLED);
            holder.rollback();
        }
    }

    private static Reply read(City city) {
        return city.wire().send(city.call(City.MSA, "GET", "/v1/clues?limit=1").prepare());
    }
}
