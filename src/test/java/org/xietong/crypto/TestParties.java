package org.xietong.crypto;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** One authority per suite and one leaf per algorithm, made once for all tests. */
public final class TestParties {
    public static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    public static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    public static final Instant TO = Instant.parse("2036-01-01T00:00:00Z");
    public static final String AUTHORITY = "xietong.xianning.example";

    private static final Map<Suite, DemonstrationAuthority> AUTHORITIES = new EnumMap<>(Suite.class);
    private static final Map<KeyAlgorithm, KeyFile> LEAVES = new EnumMap<>(KeyAlgorithm.class);

    static {
        for (Suite suite : Suite.values()) {
            AUTHORITIES.put(suite, DemonstrationAuthority.create(suite, FROM, TO));
        }
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            LEAVES.put(algorithm, fresh(algorithm, "测试系统 " + algorithm));
        }
    }

    private TestParties() {}

    public static DemonstrationAuthority authority(Suite suite) {
        return AUTHORITIES.get(suite);
    }

    public static KeyFile leaf(KeyAlgorithm algorithm) {
        return LEAVES.get(algorithm);
    }

    public static Signer signer(KeyAlgorithm algorithm) {
        return leaf(algorithm).signer();
    }

    public static VerificationKey key(KeyAlgorithm algorithm) {
        return VerificationKey.of(leaf(algorithm).certificate());
    }

    public static KeyFile fresh(KeyAlgorithm algorithm, String name) {
        return AUTHORITIES.get(algorithm.suite()).issue(algorithm, name, FROM, TO);
    }
}
