package org.xietong.agency;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.xietong.crypto.VerificationKey;

/**
 * Somebody outside the system 系统外接收单位 to whom packets may be sent: without account, key to sign requests, or sight of anything.
 *
 * @param id {@code OUT-division-word}
 * @param division administrative division, GB/T 2260, six digits
 * @param key of its certificate, to which packets are sealed and by which it signs receipts; without one, a passphrase seals them
 */
public record OutsideRecipient(
        String id,
        OutsideKind kind,
        String division,
        String nameZh,
        String nameEn,
        Optional<VerificationKey> key,
        boolean active) {

    Optional<X509Certificate> certificate() {
        return key.map(VerificationKey::certificate);
    }
}
