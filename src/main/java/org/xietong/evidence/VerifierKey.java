package org.xietong.evidence;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.OptionalLong;
import org.xietong.crypto.BareKey;
import org.xietong.crypto.Digests;
import org.xietong.evidence.MalformedEvidenceException.Fault;

/**
 * A named public key that checks signatures on notes, written {@code <name>+<key id in hex>+<base64(type ‖ key)>}: the
 * vkey of Go's {@code sumdb/note} and of c2sp.org/signed-note, "Verifier keys". Its id is the first four bytes of
 * {@code SHA-256(name ‖ 0x0A ‖ type ‖ key)}. Thread-safe.
 */
public final class VerifierKey {
    private final String name;
    private final SignatureType type;
    private final BareKey key;
    private final int keyId;

    private VerifierKey(String name, SignatureType type, BareKey key) {
        this.name = name;
        this.type = type;
        this.key = key;
        byte[] digest = Digests.sha256(NoteText.encode(name + '\n'), type.typed(key.encoded()));
        this.keyId = ByteBuffer.wrap(digest).getInt();
    }

    /**
     * A key under a name.
     *
     * @throws IllegalArgumentException if the name is empty or has spaces or plus signs, or the type needs another key
     */
    public static VerifierKey of(String name, SignatureType type, BareKey key) {
        if (!NoteText.isName(name) || key.algorithm() != type.algorithm()) {
            throw new IllegalArgumentException("not a name and a key of this type");
        }
        return new VerifierKey(name, type, key);
    }

    /**
     * Reads what {@link #toString()} writes, and nothing else.
     *
     * @throws MalformedEvidenceException also if the type is unknown or the id is not the key's
     */
    public static VerifierKey parse(String text) throws MalformedEvidenceException {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3 || !NoteText.isName(parts[0])) {
            throw new MalformedEvidenceException(Fault.SYNTAX);
        }
        byte[] typed = NoteText.base64(parts[2]);
        SignatureType type = SignatureType.at(typed).orElseThrow(() -> new MalformedEvidenceException(Fault.KEY));
        VerifierKey parsed = new VerifierKey(parts[0], type, key(type, typed));
        if (!parsed.hexId().equals(parts[1])) {
            throw new MalformedEvidenceException(Fault.KEY_ID);
        }
        return parsed;
    }

    private static BareKey key(SignatureType type, byte[] typed) throws MalformedEvidenceException {
        try {
            return BareKey.of(type.algorithm(), Arrays.copyOfRange(typed, type.identifierLength(), typed.length));
        } catch (IllegalArgumentException e) {
            throw new MalformedEvidenceException(Fault.KEY);
        }
    }

    public String name() {
        return name;
    }

    public SignatureType type() {
        return type;
    }

    public BareKey key() {
        return key;
    }

    public int keyId() {
        return keyId;
    }

    /** Whether the bytes, as they stand in a signature line after the key id, are this key's signature on the text. */
    boolean verify(String text, byte[] signature) {
        if (type != SignatureType.COSIGNATURE_V1) {
            return key.verify(NoteText.encode(text), signature);
        }
        return Cosignature.read(signature)
                .filter(cosignature ->
                        key.verify(Cosignature.message(cosignature.time(), text), cosignature.signature()))
                .isPresent();
    }

    /** When a signature says that it was made, in seconds since the epoch; only cosignatures say so. */
    OptionalLong time(byte[] signature) {
        return type == SignatureType.COSIGNATURE_V1
                ? Cosignature.read(signature)
                        .map(cosignature -> OptionalLong.of(cosignature.time()))
                        .orElseThrow()
                : OptionalLong.empty();
    }

    private String hexId() {
        return HexFormat.of().toHexDigits(keyId);
    }

    @Override
    public String toString() {
        return name + '+' + hexId() + '+' + NoteText.base64(type.typed(key.encoded()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && that.type == type && that.name.equals(name) && that.key.equals(key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, key);
    }
}
