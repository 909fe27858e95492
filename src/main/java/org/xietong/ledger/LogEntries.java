package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The entries of the log in the order of their places, exact bytes, of which anybody computes both trees again (I6). With the
 * auditor's role, and for auditors only: an entry tells time and agency.
 *
 * <p>Every method throws {@link ProblemException} {@code UNAVAILABLE} when the store fails.
 */
@Singleton
public class LogEntries {
    /** Entries that are in memory at once. */
    private static final int STRETCH = 512;

    private static final Logger LOG = Logger.getLogger(LogEntries.class);
    private static final String SIZE = "SELECT size FROM ledger_head";
    static final String ENTRIES = """
            SELECT l.position, (SELECT e.bytes FROM journal_entry e WHERE e.id = l.entry_id) FROM ledger_leaf l
            WHERE l.position >= ? AND l.position < ? ORDER BY l.position
            """;

    private final DataSource store;

    @Inject
    public LogEntries(@io.quarkus.agroal.DataSource("auditor") DataSource store) {
        this.store = store;
    }

    /** Takes entries, one after the other. */
    @FunctionalInterface
    public interface Sink {
        void accept(byte[] entry) throws IOException;
    }

    /** How many entries have their place. */
    public long size() {
        return ExchangeQueries.reach(() -> {
            try (Connection connection = store.getConnection();
                    PreparedStatement select = connection.prepareStatement(SIZE);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /**
     * The entries from one place to before another, none left out.
     *
     * @throws IOException the sink's own
     * @throws ProblemException also if the log does not reach so far
     */
    public void read(long from, long until, Sink sink) throws IOException {
        for (long next = from; next < until; next += STRETCH) {
            long start = next;
            long end = Math.min(until, start + STRETCH);
            for (byte[] entry : ExchangeQueries.reach(() -> stretch(start, end))) {
                sink.accept(entry);
            }
        }
    }

    private List<byte[]> stretch(long from, long until) throws SQLException {
        List<byte[]> entries = new ArrayList<>();
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement(ENTRIES)) {
            select.setLong(1, from);
            select.setLong(2, until);
            try (ResultSet row = select.executeQuery()) {
                while (row.next() && row.getLong(1) == from + entries.size()) {
                    entries.add(row.getBytes(2));
                }
            }
        }
        if (entries.size() != until - from) {
            LOG.errorf("the log has no entry at position %d", from + entries.size());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
        return entries;
    }
}
