package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xietong.agency.PlatformKeys;
import org.xietong.crypto.ContentDigest;
import org.xietong.crypto.HeaderLookup;
import org.xietong.crypto.HttpResponse;
import org.xietong.crypto.MessageSignature;
import org.xietong.crypto.Nonces;
import org.xietong.crypto.RequestBinding;
import org.xietong.crypto.ResponseSignatures;
import org.xietong.crypto.Signer;
import org.xietong.record.Download;

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
        String digest = ContentDigest.of(exchange.authenticated().suite(), body);
        return seal(exchange, status, contentType, body, digest, more);
    }

    /** Signed by the digests that its bytes must have; they follow later. */
    SealedAnswer seal(Exchange exchange, Download download) {
        StreamingOutput body = download::writeTo;
        String digest = ContentDigest.of(download.digest());
        return seal(exchange, exchange.status(), download.mediaType(), body, digest, download.headers());
    }

    private SealedAnswer seal(
            Exchange exchange, int status, String contentType, Object body, String digest, Map<String, String> more) {
        Signer signer = keys.responseSigner(exchange.authenticated().suite());
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("Content-Type", contentType);
        headers.put("Content-Digest", digest);
        headers.put(EXCHANGE_ID, exchange.id().toString());
        headers.put("Cache-Control", "no-store");
        MessageSignature signature = ResponseSignatures.sign(
                new HttpResponse(status, true, lookup(headers)),
                RequestBinding.of(exchange.request()),
                signer,
                exchange.time(),
                Nonces.next());
        headers.put("Signature-Input", MessageSignature.signatureInput(signature));
        headers.put("Signature", MessageSignature.signature(signature));
        return new SealedAnswer(
                status, contentType, body, headers, signature.base(), signature.value(), signer.keyId());
    }

    private static HeaderLookup lookup(Map<String, String> headers) {
        Map<String, String> byLowerCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byLowerCase.putAll(headers);
        return name -> Optional.ofNullable(byLowerCase.get(name)).map(List::of).orElse(List.of());
    }
}
