package org.xietong.agency;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Certificates under which anything was ever signed here: of systems, officers, and the platform itself, suspended or
 * expired ones included; and those of the authorities above them. Throws {@code UNAVAILABLE} when the store fails.
 */
@Singleton
public class CertificateArchive {
    private static final Logger LOG = Logger.getLogger(CertificateArchive.class);
    private static final String BY_KEY = """
            SELECT key_id, certificate FROM registered_key WHERE key_id = ANY (?)
            UNION ALL SELECT key_id, certificate FROM platform_certificate WHERE key_id = ANY (?)
            """;
    private static final String OF_THE_LOG =
            "SELECT certificate FROM platform_certificate WHERE use IN ('log-intl', 'log-gm') ORDER BY first_used, key_id";
    private static final String AUTHORITIES = "SELECT certificate FROM trusted_authority ORDER BY id";

    private final DataSource store;

    @Inject
    public CertificateArchive(DataSource store) {
        this.store = store;
    }

    /** Those of these keys that are known, by key id (SHA-256 of the certificate, lower-hex). */
    public Map<String, X509Certificate> of(Collection<String> keyIds) {
        Map<String, X509Certificate> found = new TreeMap<>();
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement(BY_KEY)) {
            Object[] ids = keyIds.toArray();
            select.setArray(1, connection.createArrayOf("text", ids));
            select.setArray(2, connection.createArrayOf("text", ids));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString(1), X509.parse(row.getBytes(2)));
                }
            }
            return found;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /** Under which the log's checkpoints were ever signed, the oldest first. */
    public List<X509Certificate> ofTheLog() {
        return list(OF_THE_LOG);
    }

    /** All authorities that certificates were taken from. */
    public List<X509Certificate> authorities() {
        return list(AUTHORITIES);
    }

    private List<X509Certificate> list(String sql) {
        List<X509Certificate> certificates = new ArrayList<>();
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                certificates.add(X509.parse(row.getBytes(1)));
            }
            return certificates;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static ProblemException unavailable(SQLException e) {
        LOG.warnf("the certificates cannot be read: SQLSTATE %s", e.getSQLState());
        return new ProblemException(ProblemType.UNAVAILABLE);
    }
}
