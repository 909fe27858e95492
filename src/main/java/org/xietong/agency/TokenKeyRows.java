package org.xietong.agency;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.xietong.crypto.Signer;

/** Until when each key may have signed tokens, by the database's clock, so that a service that starts knows it too. */
@Singleton
class TokenKeyRows {
    /** How far apart a key in use is noted; it may have signed for so long after its last note. */
    static final Duration NOTED_EVERY = Duration.ofSeconds(30);

    private static final String NOTE = """
            INSERT INTO token_key (key_id, last_signing) VALUES (?, clock_timestamp())
                ON CONFLICT (key_id) DO UPDATE SET last_signing = greatest(token_key.last_signing, excluded.last_signing)
            """;
    private static final String RECENT = """
            SELECT certificate, (extract(epoch FROM clock_timestamp() - last_signing) * 1000)::bigint
                FROM token_key JOIN platform_certificate USING (key_id)
                WHERE use = 'token' AND last_signing BETWEEN clock_timestamp() - ? * interval '1 ms' AND clock_timestamp()
            """;

    private final DataSource store;

    @Inject
    TokenKeyRows(DataSource store) {
        this.store = store;
    }

    /** @param signing whose certificate {@link PlatformCertificates} has recorded */
    void note(Signer signing) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement note = connection.prepareStatement(NOTE)) {
            note.setString(1, signing.keyId());
            note.executeUpdate();
        }
    }

    /** Those of which a token may live still, and how long ago each may have signed. */
    Map<PublicKey, Duration> recent() throws SQLException {
        Map<PublicKey, Duration> recent = new LinkedHashMap<>();
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement(RECENT)) {
            select.setLong(1, TokenIssuer.LIFETIME.plus(NOTED_EVERY).toMillis());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Duration since = Duration.ofMillis(row.getLong(2)).minus(NOTED_EVERY);
                    recent.put(X509.parse(row.getBytes(1)).getPublicKey(), since.isNegative() ? Duration.ZERO : since);
                }
            }
        }
        return recent;
    }
}
