package org.xietong.agency;

import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands in the directory before an import, as far as the checks need it.
 *
 * @param units by id
 * @param holders who holds a public key, by its digest: the id of a system, an officer or an outside recipient
 * @param stopped the certificates, by key id, under which a public key is suspended or revoked, by its digest
 * @param certified the outside recipients who have a certificate, by id
 * @param authorities that are trusted
 */
record RegisteredDirectory(
        Map<String, Place> units,
        Map<String, String> holders,
        Map<String, Set<String>> stopped,
        Set<String> certified,
        List<X509Certificate> authorities) {

    /** Where a unit stands in the tree. */
    record Place(String agency, Optional<String> parent) {}

    static RegisteredDirectory read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return new RegisteredDirectory(
                    units(statement),
                    holders(statement),
                    stopped(statement),
                    certified(statement),
                    authorities(statement));
        }
    }

    private static Map<String, Place> units(Statement statement) throws SQLException {
        Map<String, Place> units = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("SELECT id, agency, parent FROM unit")) {
            while (rows.next()) {
                units.put(rows.getString(1), new Place(rows.getString(2), Optional.ofNullable(rows.getString(3))));
            }
        }
        return units;
    }

    private static Map<String, String> holders(Statement statement) throws SQLException {
        Map<String, String> holders = new HashMap<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT public_key, coalesce(case_system, officer) FROM registered_key"
                        + " UNION ALL SELECT public_key, id FROM outside_recipient WHERE public_key IS NOT NULL")) {
            while (rows.next()) {
                holders.put(rows.getString(1), rows.getString(2));
            }
        }
        return holders;
    }

    private static Map<String, Set<String>> stopped(Statement statement) throws SQLException {
        Map<String, Set<String>> stopped = new HashMap<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT public_key, key_id FROM registered_key WHERE NOT active")) {
            while (rows.next()) {
                stopped.computeIfAbsent(rows.getString(1), key -> new HashSet<>())
                        .add(rows.getString(2));
            }
        }
        return stopped;
    }

    private static Set<String> certified(Statement statement) throws SQLException {
        Set<String> certified = new HashSet<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT id FROM outside_recipient WHERE certificate IS NOT NULL")) {
            while (rows.next()) {
                certified.add(rows.getString(1));
            }
        }
        return certified;
    }

    private static List<X509Certificate> authorities(Statement statement) throws SQLException {
        List<X509Certificate> authorities = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT certificate FROM trusted_authority")) {
            while (rows.next()) {
                authorities.add(X509.parse(rows.getBytes(1)));
            }
        }
        return authorities;
    }
}
