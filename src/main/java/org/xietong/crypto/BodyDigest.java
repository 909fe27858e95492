package org.xietong.crypto;

import java.security.MessageDigest;
import org.bouncycastle.crypto.digests.SM3Digest;

/**
 * The two digests that content is known by, SHA-256 (FIPS 180-4) and SM3 (GB/T 32905).
 *
 * @param sha256 32 bytes
 * @param sm3 32 bytes
 */
public record BodyDigest(byte[] sha256, byte[] sm3) {
    private static final int LENGTH = 32;

    public BodyDigest {
        if (sha256.length != LENGTH || sm3.length != LENGTH) {
            throw new IllegalArgumentException("a digest of another length");
        }
    }

    /** Whether both digests agree. Arrays have no equality of their own. */
    public boolean isSameAs(BodyDigest other) {
        return MessageDigest.isEqual(sha256, other.sha256) && MessageDigest.isEqual(sm3, other.sm3);
    }

    /** Both digests of a stream, computed as it passes. Not thread-safe; finished once. */
    public static final class Running {
        private final MessageDigest sha256 = Digests.newSha256();
        private final SM3Digest sm3 = new SM3Digest();

        public void update(byte[] buffer, int offset, int length) {
            sha256.update(buffer, offset, length);
            sm3.update(buffer, offset, length);
        }

        public BodyDigest finish() {
            byte[] out = new byte[LENGTH];
            sm3.doFinal(out, 0);
            return new BodyDigest(sha256.digest(), out);
        }
    }
}
