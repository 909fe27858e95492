package org.xietong.evidence;

import java.io.IOException;

/** Foreign bytes are not what they should be. Carries a fault and never the bytes. */
public final class MalformedEvidenceException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with them. */
    public enum Fault {
        /** Not UTF-8, or with a control character other than a newline. */
        TEXT,
        TOO_LONG,
        /** Not the lines, or parts of a line, that the format asks for. */
        SYNTAX,
        /** Not a decimal number in its shortest form, or out of range. */
        NUMBER,
        /** Not base64 in its one canonical form (RFC 4648 §4, §3.5). */
        BASE64,
        /** A hash, key, tile or entry of the wrong length. */
        LENGTH,
        /** A key's id, stated beside it, is another's. */
        KEY_ID,
        /** Not a key of its algorithm. */
        KEY
    }

    private final Fault fault;

    MalformedEvidenceException(Fault fault) {
        super(fault.name());
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
