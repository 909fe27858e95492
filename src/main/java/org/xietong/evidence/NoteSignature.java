package org.xietong.evidence;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xietong.evidence.MalformedEvidenceException.Fault;

/**
 * One signature line of a note: {@code — <name> base64(key id ‖ signature)} (c2sp.org/signed-note, "Format"). Says
 * nothing about whether the signature is right.
 *
 * @param name of the key; not empty, without spaces and plus signs
 * @param keyId with the name tells which key, and thereby which algorithm
 * @param signature of the algorithm's form; not empty
 */
public record NoteSignature(String name, int keyId, byte[] signature) {
    private static final String DASH = "— ";

    /** @throws IllegalArgumentException unless there are such a name and a signature */
    public NoteSignature {
        if (!NoteText.isName(name) || signature.length == 0) {
            throw new IllegalArgumentException("not a signature of a note");
        }
        signature = signature.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    /**
     * Reads what {@link #line()} writes, and nothing else.
     *
     * @throws MalformedEvidenceException for everything else
     */
    public static NoteSignature parse(String line) throws MalformedEvidenceException {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space < DASH.length()) {
            throw new MalformedEvidenceException(Fault.SYNTAX);
        }
        String name = line.substring(DASH.length(), space);
        byte[] bytes = NoteText.base64(line.substring(space + 1));
        if (!NoteText.isName(name)) {
            throw new MalformedEvidenceException(Fault.SYNTAX);
        }
        if (bytes.length <= Integer.BYTES) {
            throw new MalformedEvidenceException(Fault.LENGTH);
        }
        int keyId = ByteBuffer.wrap(bytes).getInt();
        return new NoteSignature(name, keyId, Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    }

    /** Without the newline. */
    public String line() {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return DASH + name + ' ' + NoteText.base64(bytes);
    }

    boolean isOfKeyOf(NoteSignature other) {
        return keyId == other.keyId && name.equals(other.name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that && isOfKeyOf(that) && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * keyId + Arrays.hashCode(signature);
    }
}
