package org.xietong.ledger;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;
import org.xietong.evidence.Checkpoint;

/**
 * Recognises at start a database that was set back: it does not hold a checkpoint that was published. Until an operator decides
 * ({@code ./xietong ledger accept-restore}), nothing is answered, journaled or sequenced, since whatever was appended now would fork a
 * log that others have seen. Closed until the first look. Thread-safe.
 */
@Singleton
public class RestoreGuard {
    private static final Logger LOG = Logger.getLogger(RestoreGuard.class);

    private final AgroalDataSource store;
    private final KnownCheckpoints known;
    private volatile State state = State.UNKNOWN;

    private enum State {
        UNKNOWN,
        WHOLE,
        RESTORED
    }

    @Inject
    RestoreGuard(@DataSource("sequencer") AgroalDataSource store, LogConfig config) {
        this.store = store;
        this.known = new KnownCheckpoints(
                config.origin(),
                config.outsideFolder(),
                config.knownCheckpoints().orElse(List.of()));
    }

    /** @throws IllegalStateException where a kept checkpoint cannot be read: then nobody can say that the database is whole */
    void begin(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) StartupEvent event) {
        look();
    }

    /** Whether anything may be answered and appended. */
    public boolean isOpen() {
        return state == State.WHOLE;
    }

    /** Whether the database is known to have been set back. */
    public boolean isRestored() {
        return state == State.RESTORED;
    }

    /** @throws JournalUnavailableException while it is not open */
    void requireOpen() {
        if (!isOpen()) {
            throw new JournalUnavailableException("the database was set back, and nobody has decided yet");
        }
    }

    /** Looks again, where it is not open: the operator may have decided meanwhile. */
    boolean openNow() {
        if (!isOpen()) {
            look();
        }
        return isOpen();
    }

    private void look() {
        try (Connection connection = store.getConnection()) {
            State before = state;
            State found = State.WHOLE;
            for (Checkpoint checkpoint : known.read()) {
                if (!RestoreCheck.holds(connection, checkpoint) && !RestoreCheck.isAccepted(connection, checkpoint)) {
                    found = State.RESTORED;
                    if (before != State.RESTORED) {
                        LOG.errorf(
                                "数据库曾被回退：检查点 %d，库中 %d；待运维决定（ledger accept-restore） / the database was set back: a"
                                        + " checkpoint of %1$d was published, it holds %2$d; an operator must decide",
                                checkpoint.size(), RestoreCheck.size(connection));
                    }
                }
            }
            state = found;
        } catch (IOException e) {
            state = State.UNKNOWN;
            throw new IllegalStateException("a kept checkpoint cannot be read: " + e.getMessage(), e);
        } catch (SQLException e) {
            state = State.UNKNOWN;
            LOG.warnf("whether the database is whole is not known yet: SQLSTATE %s", e.getSQLState());
        }
    }
}
