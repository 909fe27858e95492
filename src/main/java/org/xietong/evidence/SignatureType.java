package org.xietong.evidence;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.xietong.crypto.KeyAlgorithm;

/**
 * What a key's signature on a note says and how it is made (c2sp.org/signed-note, "Signature types"). The identifier
 * goes into the key's id, so that one key used for two types is two keys to a verifier.
 */
public enum SignatureType {
    /** 0x01: Ed25519 over the text. */
    ED25519(KeyAlgorithm.ED25519, 0x01, ""),
    /**
     * 0x04: a witness's time-stamped cosignature (c2sp.org/tlog-cosignature, cosignature/v1): eight bytes of POSIX
     * time, then Ed25519 over two lines and the text.
     */
    COSIGNATURE_V1(KeyAlgorithm.ED25519, 0x04, ""),
    /**
     * 0xff with the identifier {@code xietong/sm2-sm3/v1}: SM2 with SM3 (GB/T 32918.2) over the text, user id
     * 1234567812345678, in DER; the key is the uncompressed point of 65 bytes. {@code openssl dgst -sm3 -verify} checks
     * it as it is; verifiers that do not know it skip the line.
     */
    SM2(KeyAlgorithm.SM2, 0xff, "xietong/sm2-sm3/v1");

    private final KeyAlgorithm algorithm;
    private final byte[] identifier;

    SignatureType(KeyAlgorithm algorithm, int identifier, String longIdentifier) {
        this.algorithm = algorithm;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(identifier);
        bytes.writeBytes(longIdentifier.getBytes(StandardCharsets.US_ASCII));
        this.identifier = bytes.toByteArray();
    }

    /** What a key must be to sign so. */
    public KeyAlgorithm algorithm() {
        return algorithm;
    }

    /** The type that the bytes of a verifier key begin with. */
    static Optional<SignatureType> at(byte[] typedKey) {
        for (SignatureType type : values()) {
            int length = type.identifier.length;
            if (typedKey.length >= length && Arrays.equals(typedKey, 0, length, type.identifier, 0, length)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    int identifierLength() {
        return identifier.length;
    }

    /** {@code identifier ‖ key}, as it stands in verifier keys and in the hash that gives the key id. */
    byte[] typed(byte[] key) {
        byte[] bytes = Arrays.copyOf(identifier, identifier.length + key.length);
        System.arraycopy(key, 0, bytes, identifier.length, key.length);
        return bytes;
    }
}
