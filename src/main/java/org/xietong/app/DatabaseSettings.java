package org.xietong.app;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;

/** How the embedded server is set: durable, closed, and silent about values. */
final class DatabaseSettings {
    /** Without these a commit that was answered could be lost (I3); the server refuses service if one is off. */
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    static final Map<String, String> SERVER = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("max_connections", "200"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("jit", "off"),
            // A server log quotes neither statements nor the values of rows (I4).
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_error_verbosity", "terse"));

    private DatabaseSettings() {}

    /** Asks the running server itself. */
    static void check(DataSource superuser) {
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> wanted : DURABLE.entrySet()) {
                try (ResultSet row = statement.executeQuery("SHOW " + wanted.getKey())) {
                    if (!row.next() || !wanted.getValue().equals(row.getString(1))) {
                        throw new IllegalStateException("PostgreSQL runs with " + wanted.getKey() + " off");
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not answer", e);
        }
    }
}
