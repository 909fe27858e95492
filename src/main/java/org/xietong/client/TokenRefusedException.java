package org.xietong.client;

/** The platform answered the request for a token, but gave none; the signed answer says why. */
public final class TokenRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SignedAnswer answer;

    TokenRefusedException(SignedAnswer answer) {
        super("未取得令牌 / no token was given: HTTP " + answer.status() + ", exchange " + answer.exchangeId());
        this.answer = answer;
    }

    public SignedAnswer answer() {
        return answer;
    }
}
