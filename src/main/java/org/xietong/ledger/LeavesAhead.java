package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Reads and hashes those entries that will be taken next while the store still writes the ones before. Entries never change, so that only
 * time depends on it: what is not here, or could not be read, is read when it is taken. One thread at a time.
 */
final class LeavesAhead {
    /** The entries by their keys, whatever the planner knows of the tables. */
    private static final String NEXT = """
            SELECT p.entry_id, (SELECT e.bytes FROM journal_entry e WHERE e.id = p.entry_id)
                FROM journal_pending p WHERE p.entry_id > ? ORDER BY p.entry_id LIMIT ?
            """;

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final DataSource store;
    private CompletableFuture<Map<UUID, Leaf>> ahead = CompletableFuture.completedFuture(Map.of());

    LeavesAhead(DataSource store) {
        this.store = store;
    }

    /** Begins to read what waits behind this entry. */
    void begin(UUID behind, int atMost) {
        ahead = CompletableFuture.supplyAsync(
                () -> read(behind, atMost),
                task -> Thread.ofVirtual().name("leaves ahead").start(task));
    }

    /** What was read, once; waits for what is being read, but not long, since the head is locked meanwhile. */
    Map<UUID, Leaf> take() {
        try {
            return ahead.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unread) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        } finally {
            ahead = CompletableFuture.completedFuture(Map.of());
        }
    }

    private Map<UUID, Leaf> read(UUID behind, int atMost) {
        try (Connection connection = store.getConnection();
                PreparedStatement next = connection.prepareStatement(NEXT)) {
            next.setObject(1, behind);
            next.setInt(2, atMost);
            Map<UUID, Leaf> leaves = new HashMap<>();
            try (ResultSet row = next.executeQuery()) {
                while (row.next()) {
                    byte[] bytes = row.getBytes(2);
                    if (bytes != null) {
                        UUID entry = row.getObject(1, UUID.class);
                        leaves.put(entry, Leaf.of(entry, bytes));
                    }
                }
            }
            return leaves;
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }
}
