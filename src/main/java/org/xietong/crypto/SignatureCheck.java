package org.xietong.crypto;

/** The outcome of checking one presented signature. */
public sealed interface SignatureCheck {

    /**
     * The signature holds.
     *
     * @param base the signature base, byte for byte what was signed; goes into the log
     */
    record Valid(PresentedSignature signature, SignatureParameters parameters, byte[] base) implements SignatureCheck {}

    /** The signature does not hold; the first reason found. */
    record Refused(Reason reason) implements SignatureCheck {}

    /** Why a signature was refused. */
    enum Reason {
        /** A parameter is missing, unknown, out of order or ill-formed, or names another key. */
        BAD_PARAMETERS,
        /** It claims to live longer than 300 seconds. */
        TOO_LONG,
        /** Created after now, beyond the allowed difference of clocks. */
        FUTURE,
        EXPIRED,
        /** It does not cover exactly what this message must have covered, or the message cannot be signed. */
        COMPONENTS,
        BAD_SIGNATURE
    }
}
