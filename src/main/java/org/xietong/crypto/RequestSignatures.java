package org.xietong.crypto;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.SignatureCheck.Reason;

/**
 * Signatures of requests (RFC 9421). What must be covered is computed from the request itself, so that nothing can be
 * added to it or stripped from it:
 *
 * <ul>
 *   <li>always {@code "@method" "@authority" "@path" "@query"};
 *   <li>with a body {@code "content-type" "content-digest"};
 *   <li>each of {@code "exchange-purpose" "exchange-officer" "idempotency-key" "if-match"} that is present.
 * </ul>
 *
 * <p>Exactly these, in this order. The system signs under {@link #SYSTEM}, and the officer, where the act needs a
 * person, the same components under {@link #OFFICER} with his own key and nonce. Whether the body fits its digest is
 * asked separately ({@link ContentDigest}), whether the nonce is fresh too (the journal).
 */
public final class RequestSignatures {
    public static final String SYSTEM = "sys";
    public static final String OFFICER = "officer";

    /** The longest time from {@code created} to {@code expires}. */
    public static final Duration MAX_VALIDITY = Duration.ofSeconds(300);

    /** How far a caller's clock may run ahead of ours. One that runs behind is covered by the validity itself. */
    public static final Duration MAX_AHEAD = Duration.ofSeconds(60);

    private static final List<String> OPTIONAL_FIELDS =
            List.of("exchange-purpose", "exchange-officer", "idempotency-key", "if-match");

    private RequestSignatures() {}

    /**
     * Reads the fields Signature-Input and Signature, each joined as {@link HeaderLookup#joined} does it; null if
     * absent. Labels other than ours (a gateway's, for example) are read and left to the caller to ignore.
     */
    public static Map<String, PresentedSignature> parse(@Nullable String signatureInput, @Nullable String signature)
            throws MalformedSignatureException {
        return SignatureFields.parse(signatureInput, signature);
    }

    public static Map<String, PresentedSignature> parse(HttpRequest request) throws MalformedSignatureException {
        return parse(
                request.headers().joined("signature-input"), request.headers().joined("signature"));
    }

    /** Checks the signature against the request, the key and the clock. Never throws on bad input. */
    public static SignatureCheck check(
            HttpRequest request, PresentedSignature presented, VerificationKey key, Instant now) {
        SignatureParameters parameters = presented.parameters().orElse(null);
        if (parameters == null
                || parameters.expires().isEmpty()
                || !parameters.keyId().equals(key.keyId())) {
            return new SignatureCheck.Refused(Reason.BAD_PARAMETERS);
        }
        Reason late = objectionOfClock(parameters, parameters.expires().getAsLong(), now.getEpochSecond());
        if (late != null) {
            return new SignatureCheck.Refused(late);
        }
        SignatureBase base = baseOf(request);
        if (!base.isLegal() || !base.components().equals(presented.components())) {
            return new SignatureCheck.Refused(Reason.COMPONENTS);
        }
        byte[] bytes = base.finish(presented.signatureParams());
        return key.verify(bytes, presented.value())
                ? new SignatureCheck.Valid(presented, parameters, bytes)
                : new SignatureCheck.Refused(Reason.BAD_SIGNATURE);
    }

    /**
     * Signs a request under a label.
     *
     * @param nonce by the rule of {@link Nonces}; use each once
     * @throws IllegalArgumentException if the request cannot be signed: a body without type or digest, or a covered
     *     value that is not plain ASCII
     */
    public static MessageSignature sign(
            HttpRequest request, String label, Signer signer, Instant created, Duration validity, String nonce) {
        SignatureBase base = baseOf(request);
        if (!base.isLegal()) {
            throw new IllegalArgumentException("the request cannot be signed");
        }
        long start = created.getEpochSecond();
        SignatureParameters parameters =
                new SignatureParameters(start, OptionalLong.of(start + validity.toSeconds()), nonce, signer.keyId());
        String signatureParams = base.components() + parameters.serialized();
        byte[] bytes = base.finish(signatureParams);
        return new MessageSignature(label, signatureParams, bytes, signer.sign(bytes));
    }

    private static @Nullable Reason objectionOfClock(SignatureParameters parameters, long expires, long now) {
        long created = parameters.created();
        if (expires <= created) {
            return Reason.BAD_PARAMETERS;
        }
        if (expires - created > MAX_VALIDITY.toSeconds()) {
            return Reason.TOO_LONG;
        }
        if (created > now + MAX_AHEAD.toSeconds()) {
            return Reason.FUTURE;
        }
        return expires < now ? Reason.EXPIRED : null;
    }

    private static SignatureBase baseOf(HttpRequest request) {
        SignatureBase base = new SignatureBase();
        base.add("\"@method\"", request.method());
        base.add("\"@authority\"", request.authority());
        base.add("\"@path\"", request.path().isEmpty() ? "/" : request.path());
        base.add("\"@query\"", request.query() == null ? "?" : "?" + request.query());
        HeaderLookup headers = request.headers();
        if (request.hasBody()) {
            base.add("\"content-type\"", headers.joined("content-type"));
            base.add("\"content-digest\"", headers.joined("content-digest"));
        }
        for (String field : OPTIONAL_FIELDS) {
            String value = headers.joined(field);
            if (value != null) {
                base.add('"' + field + '"', value);
            }
        }
        return base;
    }
}
