package org.xietong.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Collection;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.xietong.crypto.TimeStampException.Fault;

/**
 * Asks an authority for the time (RFC 3161 §2.4.1): an imprint of the data, 64 random bits that only a fresh answer repeats, and the
 * wish for its certificate. What is stamped stays here. Immutable.
 */
public final class TimeStampRequest {
    private static final int NONCE_BITS = 64;

    private final byte[] data;
    private final ImprintHash hash;
    private final BigInteger nonce;

    private TimeStampRequest(byte[] data, ImprintHash hash) {
        this.data = data.clone();
        this.hash = hash;
        this.nonce = new BigInteger(NONCE_BITS, Randomness.SOURCE);
    }

    public static TimeStampRequest over(byte[] data, ImprintHash hash) {
        return new TimeStampRequest(data, hash);
    }

    /** The body for {@code application/timestamp-query}. */
    public byte[] der() {
        TimeStampRequestGenerator request = new TimeStampRequestGenerator();
        request.setCertReq(true);
        try {
            return request.generate(hash.identifier(), hash.of(data), nonce).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a request of fixed form always encodes", e);
        }
    }

    /**
     * The token in the authority's answer, the body of an {@code application/timestamp-reply}, checked as in
     * {@link TimeStampToken#verify}, and that it answers this request and no other.
     *
     * @throws TimeStampException with the first fault
     */
    public TimeStampToken accept(byte[] response, Collection<X509Certificate> trusted) throws TimeStampException {
        TimeStampToken token = TimeStampToken.parse(response);
        if (!token.nonce().filter(nonce::equals).isPresent()) {
            throw new TimeStampException(Fault.WRONG_NONCE);
        }
        if (token.hash() != hash) {
            throw new TimeStampException(Fault.WRONG_IMPRINT);
        }
        token.verify(data, trusted);
        return token;
    }
}
