package org.xietong.agency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Suspends and resumes with the owner's role. Every replica follows within 5 s ({@link Directory}). */
public final class DirectoryAdmin {
    private final DataSource owner;

    /** What can be suspended; each under its id, a key under the SHA-256 of its certificate. */
    public enum Subject {
        /** A unit, and with it all that stands below it. */
        UNIT("UPDATE unit SET active = ? WHERE id = ?"),
        SYSTEM("UPDATE case_system SET active = ? WHERE id = ?"),
        OFFICER("UPDATE officer SET active = ? WHERE id = ?"),
        /** An outside recipient, to whom nothing is sent then and whose receipts are not taken. */
        OUTSIDE("UPDATE outside_recipient SET active = ? WHERE id = ?"),
        /** Suspended under all certificates of the private key, resumed under this one. */
        KEY("""
                UPDATE registered_key k SET active = wanted.active
                FROM (VALUES (?::boolean, ?)) AS wanted (active, id) JOIN registered_key named ON named.key_id = wanted.id
                WHERE k.key_id = wanted.id OR (NOT wanted.active AND k.public_key = named.public_key)""");

        private final String update;

        Subject(String update) {
            this.update = update;
        }
    }

    /** @param owner connections with the role {@code xietong_owner} and its search path */
    public DirectoryAdmin(DataSource owner) {
        this.owner = owner;
    }

    /**
     * Idempotent; commits before it returns.
     *
     * @throws DirectoryException if there is none of this id
     */
    public void suspend(Subject subject, String id) throws SQLException {
        set(subject, id, false);
    }

    /**
     * Idempotent; commits before it returns.
     *
     * @throws DirectoryException if there is none of this id, it is a unit without a responsible person or telephone (article 10), or a
     *     revoked key
     */
    public void resume(Subject subject, String id) throws SQLException {
        set(subject, id, true);
    }

    private void set(Subject subject, String id, boolean active) throws SQLException {
        OwnerTransaction.run(owner, connection -> {
            if (active && subject == Subject.UNIT && lacksResponsible(connection, id)) {
                throw refused(
                        id,
                        "未明确责任人员和电话的单位不得启用（第十条）",
                        "a unit takes part only once its responsible person and telephone are known (article 10)");
            }
            if (active && subject == Subject.KEY && isRevoked(connection, id)) {
                throw refused(id, "已吊销的密钥不得恢复", "a revoked key is never resumed");
            }
            try (PreparedStatement statement = connection.prepareStatement(subject.update)) {
                statement.setBoolean(1, active);
                statement.setString(2, id);
                if (statement.executeUpdate() == 0) {
                    throw refused(id, "未登记", "is not registered");
                }
            }
            return id;
        });
    }

    private static boolean lacksResponsible(Connection connection, String unit) throws SQLException {
        return finds(
                connection,
                "SELECT 1 FROM unit WHERE id = ? AND (btrim(responsible) = '' OR telephone !~ '[0-9]')",
                unit);
    }

    private static boolean isRevoked(Connection connection, String key) throws SQLException {
        return finds(connection, "SELECT 1 FROM registered_key WHERE key_id = ? AND revoked_at IS NOT NULL", key);
    }

    private static boolean finds(Connection connection, String query, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static DirectoryException refused(String id, String zh, String en) {
        return new DirectoryException(List.of(Faults.line(id, zh, en)));
    }
}
