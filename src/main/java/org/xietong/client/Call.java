package org.xietong.client;

import java.time.Clock;
import org.xietong.crypto.Signer;

/** One call of the platform, made by {@link SignedClient#call}. */
public final class Call extends RequestDraft<Call> {
    private final SignedClient client;

    Call(SignedClient client, String authority, Signer system, Clock clock, String method, String target) {
        super(authority, system, clock, method, target);
        this.client = client;
    }

    @Override
    Call self() {
        return this;
    }

    /** Adds the token, fetching one if need be, and signs; nothing else is sent. */
    public PreparedRequest prepare() {
        header("authorization", "Bearer " + client.accessToken());
        return sign();
    }

    /**
     * Sends the request and checks the answer.
     *
     * @throws UntrustedAnswerException if the answer is not proven to be the platform's to this request
     * @throws java.io.UncheckedIOException if there was no answer; whether the platform acted is then unknown
     */
    public SignedAnswer send() {
        return client.exchange(prepare());
    }
}
