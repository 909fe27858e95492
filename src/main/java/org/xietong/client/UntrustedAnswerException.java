package org.xietong.client;

/**
 * An answer that is not proven to be the platform's to this request. It MUST NOT be used as data. Refusals before
 * authentication (401, 413, 429), unknown routes, and 503 of a platform in distress come unsigned: {@link #answer}
 * serves to tell them apart for a human.
 */
public final class UntrustedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why the answer is not trusted. */
    public enum Reason {
        UNSIGNED,
        MALFORMED_SIGNATURE,
        /** Signed with a key that is not trusted, or whose certificate is not valid now. */
        UNKNOWN_KEY,
        /** Not over this answer, or not to this request; see the message for the kind. */
        SIGNATURE_REFUSED,
        CONTENT_DIGEST
    }

    private final Reason reason;
    private final transient RawAnswer answer;

    UntrustedAnswerException(Reason reason, String detail, RawAnswer answer) {
        super("答复不可信 / the answer is not trusted: " + reason + (detail.isEmpty() ? "" : " (" + detail + ")") + ", HTTP "
                + answer.status());
        this.reason = reason;
        this.answer = answer;
    }

    public Reason reason() {
        return reason;
    }

    public RawAnswer answer() {
        return answer;
    }
}
