package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xietong.agency.PlatformKeys;
import org.xietong.crypto.ContentDigest;
import org.xietong.crypto.ResponseSignatures;
import org.xietong.crypto.Signer;

/** Step 8 of the road: signs an answer in the caller's suite, bound to the request's own signature (RFC 9421 §2.4). */
@ApplicationScoped
class Sealer {
    static final String EXCHANGE_ID = "Exchange-Id";
    private static final String JSON = "application/json";

    private final PlatformKeys keys;

    Sealer(PlatformKeys keys) {
        this.keys = keys;
    }

    SealedAnswer seal(Exchange exchange, int status, byte[] body, Map<String, String> more) {
        return seal(exchange, status, JSON, body, more);
    }

    /** The caller must be authenticated: his suite decides the key. */
    SealedAnswer seal(Exchange exchange, int status, String contentType, byte[] body, Map<String, String> more) {
        Signer signer = keys.responseSigner(exchange.authenticated().suite());
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Content-Type", contentType);
        headers.put("Content-Digest", ContentDigest.header(body, exchange.authenticated().suite()));
        headers.put(EXCHANGE_ID, exchange.id().toString());
        headers.put("Cache-Control", "no-store");
        ResponseSignatures.Signed signed =
                ResponseSignatures.sign(signer, exchange.request(), status, headers, exchange.time());
        headers.put("Signature-Input", signed.signatureInput());
        headers.put("Signature", signed.signature());
        return new SealedAnswer(status, contentType, body, headers, signed.base(), signed.value(), signer.keyId());
    }
}
