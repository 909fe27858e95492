package org.xietong.agency;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.cert.CertificateEncodingException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Every certificate under which the platform has signed anything; only added to. */
@Singleton
class PlatformCertificates {
    private static final String ADD =
            "INSERT INTO platform_certificate (key_id, use, certificate) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

    private final DataSource store;

    @Inject
    PlatformCertificates(DataSource store) {
        this.store = store;
    }

    void record(PlatformKeySet keys) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            for (PlatformKeySet.Named named : keys.named().toList()) {
                add.setString(1, named.key().keyId());
                add.setString(2, named.use());
                add.setBytes(3, named.key().certificate().getEncoded());
                add.addBatch();
            }
            add.executeBatch();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate in use has an encoding", e);
        }
    }
}
