package org.xietong.crypto;

/** A time-stamp is not accepted. Carries a fault, and nothing of what was received. */
public final class TimeStampException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong, in the order in which it is looked for. */
    public enum Fault {
        /** Over {@link TimeStampToken#MAX_BYTES}. */
        TOO_LONG,
        /** Not a response or token of RFC 3161 in DER. */
        MALFORMED,
        /** The authority answers, and grants nothing (RFC 3161 §2.4.2). */
        REFUSED,
        /** The imprint is made with another hash than SHA-256 or SM3. */
        UNKNOWN_HASH,
        /** Another nonce than the request's, or none. */
        WRONG_NONCE,
        /** Stamps other data. */
        WRONG_IMPRINT,
        /** The signer's certificate is neither in the token nor among the trusted. */
        NO_CERTIFICATE,
        /** The extended key usage is not timeStamping alone and critical (RFC 3161 §2.3). */
        NOT_FOR_TIME_STAMPING,
        /** The token names a time at which the certificate was not valid. */
        NOT_VALID_THEN,
        /** Made with SHA-1 or weaker. */
        WEAK,
        WRONG_SIGNATURE,
        /** No chain of certificates, valid at the time that the token names, leads to a trusted one. */
        UNTRUSTED
    }

    private final Fault fault;

    TimeStampException(Fault fault) {
        super(fault.name(), null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
