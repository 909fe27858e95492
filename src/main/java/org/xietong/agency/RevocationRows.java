package org.xietong.agency;

import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.xietong.crypto.Digests;
import org.xietong.crypto.RevocationList;

/** Revocation lists as they lie in the store, and the authorities whose they may be. */
final class RevocationRows {
    private static final String ADD = """
            INSERT INTO revocation_data (id, issuer, this_update, next_update, der) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
            """;
    private static final String AT = """
            SELECT der FROM revocation_data WHERE issuer = ? AND this_update <= ? AND next_update >= ?
                ORDER BY this_update DESC LIMIT 1
            """;

    private final DataSource store;

    /** @param store with the rights of {@code xietong_app} */
    RevocationRows(DataSource store) {
        this.store = store;
    }

    /** @return whether it was not there yet */
    boolean add(RevocationList list) throws SQLException {
        byte[] der = list.der();
        try (Connection connection = store.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setBytes(1, Digests.sha256(der));
            add.setString(2, list.issuer());
            add.setTimestamp(3, Timestamp.from(list.thisUpdate()));
            add.setTimestamp(4, Timestamp.from(list.nextUpdate()));
            add.setBytes(5, der);
            return add.executeUpdate() == 1;
        }
    }

    /** The newest that could be relied on at that time. */
    Optional<RevocationList> at(String issuer, Instant at) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement(AT)) {
            select.setString(1, issuer);
            select.setTimestamp(2, Timestamp.from(at));
            select.setTimestamp(3, Timestamp.from(at));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(RevocationList.parse(row.getBytes(1))) : Optional.empty();
            }
        }
    }

    /** The newest of all that were kept. */
    Optional<RevocationList> newest(String issuer) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT der FROM revocation_data WHERE issuer = ? ORDER BY this_update DESC LIMIT 1")) {
            select.setString(1, issuer);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(RevocationList.parse(row.getBytes(1))) : Optional.empty();
            }
        }
    }

    /** The authorities that the directory trusts. */
    List<X509Certificate> authorities() throws SQLException {
        List<X509Certificate> authorities = new ArrayList<>();
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT certificate FROM trusted_authority");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                authorities.add(X509.parse(row.getBytes(1)));
            }
        }
        return authorities;
    }
}
