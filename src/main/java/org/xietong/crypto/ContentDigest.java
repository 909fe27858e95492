package org.xietong.crypto;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.ListElement;

/**
 * The field Content-Digest (RFC 9530 §2): {@code sha-256} always, and {@code sm3} beside it in suite {@code gm}. The
 * key {@code sm3} stands in no registry yet; RFC 9530 lets receivers skip keys they do not know.
 */
public final class ContentDigest {
    private ContentDigest() {}

    /** The field's value for content sent in that suite. */
    public static String of(Suite suite, byte[] body) {
        Base64.Encoder base64 = Base64.getEncoder();
        String sha256 = "sha-256=:" + base64.encodeToString(Digests.sha256(body)) + ":";
        return switch (suite) {
            case INTL -> sha256;
            case GM -> sha256 + ", sm3=:" + base64.encodeToString(Digests.sm3(body)) + ":";
        };
    }

    /** The field's value for content that was digested before, with both digests. */
    public static String of(BodyDigest digest) {
        Base64.Encoder base64 = Base64.getEncoder();
        return "sha-256=:" + base64.encodeToString(digest.sha256()) + ":, sm3=:" + base64.encodeToString(digest.sm3())
                + ":";
    }

    /**
     * As {@link #matches(String, byte[])}, for content that is not in memory; besides, {@code sm3} must be there in suite
     * {@code gm}, and a digest that nobody computed ({@code sha-512}) is false.
     */
    public static boolean matches(String field, Suite suite, BodyDigest digest) {
        Map<String, ListElement<?>> digests;
        try {
            digests = CanonicalDictionary.parse(field).get();
        } catch (MalformedSignatureException malformed) {
            return false;
        }
        return digests.containsKey("sha-256")
                && (suite == Suite.INTL || digests.containsKey("sm3"))
                && digests.entrySet().stream().allMatch(one -> switch (one.getKey()) {
                    case "sha-256" -> is(one.getValue(), digest.sha256());
                    case "sm3" -> is(one.getValue(), digest.sm3());
                    default -> !one.getKey().equals("sha-512");
                });
    }

    private static boolean is(ListElement<?> claimed, byte[] digest) {
        return claimed instanceof ByteSequenceItem bytes && bytes.get().equals(ByteBuffer.wrap(digest));
    }

    /**
     * Whether the field is well-formed, holds {@code sha-256}, and every digest in it that we can compute (sha-256,
     * sha-512, sm3) is that of the body. One wrong digest beside a right one is false: two readers might trust
     * different ones.
     */
    public static boolean matches(String field, byte[] body) {
        Map<String, ListElement<?>> digests;
        try {
            digests = CanonicalDictionary.parse(field).get();
        } catch (MalformedSignatureException malformed) {
            return false;
        }
        if (!digests.containsKey("sha-256")) {
            return false;
        }
        for (Map.Entry<String, ListElement<?>> digest : digests.entrySet()) {
            if (!agrees(digest.getKey(), digest.getValue(), body)) {
                return false;
            }
        }
        return true;
    }

    private static boolean agrees(String algorithm, ListElement<?> value, byte[] body) {
        if (!(value instanceof ByteSequenceItem bytes)) {
            return false;
        }
        ByteBuffer claimed = bytes.get();
        return switch (algorithm) {
            case "sha-256" -> claimed.equals(ByteBuffer.wrap(Digests.sha256(body)));
            case "sha-512" -> claimed.equals(ByteBuffer.wrap(Digests.sha512(body)));
            case "sm3" -> claimed.equals(ByteBuffer.wrap(Digests.sm3(body)));
            default -> true;
        };
    }
}
