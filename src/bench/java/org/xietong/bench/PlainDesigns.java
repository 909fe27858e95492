package org.xietong.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.xietong.crypto.Digests;
import org.xietong.ledger.ExchangeIds;

/**
 * What the ledger is compared with, on the same PostgreSQL: rows of an entry's size in the same batches, and the naive
 * log, in which each entry holds one lock until its commit.
 */
final class PlainDesigns implements AutoCloseable {
    private static final int CLIENTS = 8;
    private static final String TABLES = """
            CREATE TABLE xietong.bench_entry (id uuid PRIMARY KEY, bytes bytea NOT NULL);
            CREATE TABLE xietong.bench_head (one boolean PRIMARY KEY, size bigint NOT NULL, root bytea NOT NULL);
            INSERT INTO xietong.bench_head VALUES (true, 0, '');
            CREATE TABLE xietong.bench_leaf (position bigint PRIMARY KEY, id uuid NOT NULL UNIQUE, bytes bytea NOT NULL);
            GRANT INSERT ON xietong.bench_entry, xietong.bench_leaf TO xietong_app;
            GRANT SELECT, UPDATE ON xietong.bench_head TO xietong_app;
            """;

    private final DataSource app;
    private final byte[] entry;
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

    private PlainDesigns(DataSource app, byte[] entry) {
        this.app = app;
        this.entry = entry;
    }

    /** @param entry whose size all rows have */
    static PlainDesigns create(DataSource owner, DataSource app, byte[] entry) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
        return new PlainDesigns(app, entry);
    }

    /** Inserts so many batches, each with one statement and one commit. */
    void insert(int batches, int batch) throws SQLException {
        byte[][] rows = new byte[batch][];
        Arrays.fill(rows, entry);
        try (Connection connection = app.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO xietong.bench_entry (id, bytes) SELECT * FROM unnest(?::uuid[], ?::bytea[])")) {
            for (int i = 0; i < batches; i++) {
                UUID[] ids = new UUID[batch];
                Arrays.setAll(ids, j -> ExchangeIds.next());
                insert.setArray(1, connection.createArrayOf("uuid", ids));
                insert.setArray(2, connection.createArrayOf("bytea", rows));
                insert.executeUpdate();
            }
        }
    }

    /** Eight clients append to the naive log for so long; how many entries they appended. */
    long appendNaively(long nanos) throws Exception {
        long end = System.nanoTime() + nanos;
        Callable<Long> client = () -> append(end);
        List<Future<Long>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            running.add(threads.submit(client));
        }
        long sum = 0;
        for (Future<Long> one : running) {
            sum += one.get();
        }
        return sum;
    }

    private long append(long end) throws SQLException {
        long count = 0;
        try (Connection connection = app.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock =
                            connection.prepareStatement("SELECT size, root FROM xietong.bench_head FOR UPDATE");
                    PreparedStatement leaf =
                            connection.prepareStatement("INSERT INTO xietong.bench_leaf VALUES (?, ?, ?)");
                    PreparedStatement head =
                            connection.prepareStatement("UPDATE xietong.bench_head SET size = ?, root = ?")) {
                while (System.nanoTime() < end) {
                    long size;
                    byte[] root;
                    try (ResultSet row = lock.executeQuery()) {
                        row.next();
                        size = row.getLong(1);
                        root = row.getBytes(2);
                    }
                    leaf.setLong(1, size);
                    leaf.setObject(2, UUID.randomUUID());
                    leaf.setBytes(3, entry);
                    leaf.executeUpdate();
                    head.setLong(1, size + 1);
                    head.setBytes(2, Digests.sha256(root, entry));
                    head.executeUpdate();
                    connection.commit();
                    count++;
                }
            }
            connection.setAutoCommit(true);
        }
        return count;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
