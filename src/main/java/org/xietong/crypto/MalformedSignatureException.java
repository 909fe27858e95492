package org.xietong.crypto;

/** The signature fields of a message cannot be read. Carries a fault and never the submitted text. */
public final class MalformedSignatureException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the fields. */
    public enum Fault {
        MISSING,
        /** Over 8 KiB. */
        TOO_LONG,
        /** Not a dictionary of the expected form (RFC 8941 §3.2; RFC 9421 §4). */
        SYNTAX,
        /** Readable, but not in the one canonical spelling (RFC 8941 §4.1); a repeated label or parameter, for example. */
        NOT_CANONICAL,
        TOO_MANY_LABELS,
        /** A label stands in one of Signature-Input and Signature, and not in the other. */
        UNMATCHED_LABEL
    }

    private final Fault fault;

    MalformedSignatureException(Fault fault) {
        super(fault.name(), null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
