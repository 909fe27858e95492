package org.xietong.agency;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.xietong.crypto.RevocationList;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * What the authorities had revoked, and when they said so: kept for evidence, since an authority drops from its lists what has
 * expired (RFC 5280 §5). Whether a caller may act is not asked here but of the {@link Directory}, where keys are suspended.
 */
@Singleton
public class Revocations {
    private static final Logger LOG = Logger.getLogger(Revocations.class);

    private final RevocationRows rows;

    @Inject
    public Revocations(DataSource store) {
        this.rows = new RevocationRows(store);
    }

    /**
     * The list of the certificate's issuer that could be relied on at that time, the newest of several; none where none was kept.
     *
     * @throws ProblemException {@code UNAVAILABLE} when the store fails
     */
    public Optional<RevocationList> at(X509Certificate certificate, Instant at) {
        try {
            return rows.at(RevocationList.issuerOf(certificate), at);
        } catch (SQLException e) {
            LOG.warnf("revocation lists cannot be read: SQLSTATE %s", e.getSQLState());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }

    /**
     * Whether nothing speaks against the certificate at this moment: the newest list of its issuer does not name it, and can still be
     * relied on. What was once revoked stays so, however old the list; of an issuer whose lists were never kept nothing is known, and who
     * registered the certificate answers for it.
     *
     * @throws ProblemException {@code UNAVAILABLE} when the store fails
     */
    public boolean clears(X509Certificate certificate, Instant now) {
        try {
            return rows.newest(RevocationList.issuerOf(certificate))
                    .map(list -> list.revokedSince(certificate).isEmpty() && list.covers(now))
                    .orElse(true);
        } catch (SQLException e) {
            LOG.warnf("revocation lists cannot be read: SQLSTATE %s", e.getSQLState());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }

    /**
     * Keeps a list, if one of the directory's authorities issued it.
     *
     * @throws IllegalArgumentException if it is no list, or of no authority that the directory trusts; without its content in the message
     */
    RevocationList keep(byte[] derOrPem) throws SQLException {
        RevocationList list = RevocationList.parse(derOrPem);
        if (rows.authorities().stream().noneMatch(list::isIssuedBy)) {
            throw new IllegalArgumentException("the list is of no known authority");
        }
        rows.add(list);
        return list;
    }
}
