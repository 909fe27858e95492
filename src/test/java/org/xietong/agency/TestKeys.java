package org.xietong.agency;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.xietong.crypto.DemonstrationAuthority;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Suite;

/** Keys and certificates for the tests of this room, valid from an hour ago for a year. */
final class TestKeys {
    static final Instant FROM = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    static final Instant TO = FROM.plus(Duration.ofDays(365));
    static final DemonstrationAuthority GM = DemonstrationAuthority.create(Suite.GM, FROM, TO);
    static final DemonstrationAuthority INTL = DemonstrationAuthority.create(Suite.INTL, FROM, TO);

    private TestKeys() {}

    static KeyFile sm2(String name) {
        return GM.issue(KeyAlgorithm.SM2, name, FROM, TO);
    }

    /** Another certificate for the same private key. */
    static KeyFile renewed(KeyFile key) {
        return key.withCertificate(GM.issue(key.request(), FROM, TO.minusSeconds(1)));
    }

    /** Of somebody outside: to sign, and to be sealed to. */
    static KeyFile outside(String name) {
        KeyFile fresh = sm2(name);
        return fresh.withCertificate(GM.issueForPackets(fresh.request(), FROM, TO));
    }

    static KeyFile p256(String name) {
        return INTL.issue(KeyAlgorithm.P256, name, FROM, TO);
    }
}
