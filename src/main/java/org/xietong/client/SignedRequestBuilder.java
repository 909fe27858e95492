package org.xietong.client;

import java.time.Clock;
import org.xietong.crypto.Signer;

/** Signs requests without sending them and without a token; for tests, tools and load generators. */
public final class SignedRequestBuilder extends RequestDraft<SignedRequestBuilder> {
    /**
     * Begins a request.
     *
     * @param authority the platform's logical name (RFC 9421 §2.2.3)
     * @param target raw path with query
     */
    public SignedRequestBuilder(String authority, Signer system, String method, String target) {
        super(authority, system, Clock.systemUTC(), method, target);
    }

    @Override
    SignedRequestBuilder self() {
        return this;
    }

    /** Signs what has been put together; call again for a second request with its own nonce. */
    public PreparedRequest prepare() {
        return sign();
    }
}
