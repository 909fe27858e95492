package org.xietong.agency;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jboss.logging.Logger;
import org.jspecify.annotations.NullUnmarked;
import org.xietong.crypto.VerificationKey;

@Entity
@Immutable
@Table(name = "registered_key")
@NullUnmarked
class RegisteredKeyRow {
    private static final Logger LOG = Logger.getLogger(RegisteredKeyRow.class);

    @Id
    @Column(name = "key_id")
    String keyId;

    byte[] certificate;

    @Column(name = "case_system")
    String caseSystem;

    String officer;

    @Column(name = "valid_from")
    Instant validFrom;

    @Column(name = "valid_to")
    Instant validTo;

    boolean active;

    /** Empty if the certificate cannot be used or is not the one that the id names: then this key alone is denied (I2). */
    Optional<RegisteredKey> toKey() {
        try {
            VerificationKey key = VerificationKey.of(X509.parse(certificate));
            if (key.keyId().equals(keyId)) {
                return Optional.of(new RegisteredKey(key, holder(), holderId(), validFrom, validTo, active));
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("certificate refused", e);
        }
        LOG.errorf("证书无法使用，该密钥不予认可 / certificate cannot be used, key is denied: %s", keyId);
        return Optional.empty();
    }

    private RegisteredKey.Holder holder() {
        return caseSystem == null ? RegisteredKey.Holder.OFFICER : RegisteredKey.Holder.SYSTEM;
    }

    private String holderId() {
        return caseSystem == null ? officer : caseSystem;
    }
}
