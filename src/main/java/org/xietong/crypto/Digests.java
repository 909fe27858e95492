package org.xietong.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.jspecify.annotations.Nullable;

/** Digests over the concatenation of their arguments: SHA-256 (FIPS 180-4) and SM3 (GB/T 32905). */
public final class Digests {
    /** The JDK's own SHA-2 runs on the processor's instructions; Bouncy Castle, though first, does not. */
    private static final @Nullable Provider SUN = Security.getProvider("SUN");

    /** Making one costs as much as hashing two nodes of a Merkle tree. */
    private static final Pool<MessageDigest> SHA256 = new Pool<>(Digests::newSha256);

    private Digests() {}

    public static byte[] sha256(byte[]... parts) {
        MessageDigest digest = SHA256.take();
        byte[] out = digest(digest, parts);
        SHA256.giveBack(digest);
        return out;
    }

    public static byte[] sha512(byte[]... parts) {
        return digest(digest("SHA-512"), parts);
    }

    public static byte[] sm3(byte[]... parts) {
        SM3Digest digest = new SM3Digest();
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return out;
    }

    /** Lower-case hexadecimal. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** To digest what comes piece by piece. */
    public static MessageDigest newSha256() {
        return digest("SHA-256");
    }

    private static byte[] digest(MessageDigest digest, byte[]... parts) {
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return SUN == null ? MessageDigest.getInstance(algorithm) : MessageDigest.getInstance(algorithm, SUN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
