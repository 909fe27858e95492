package org.xietong.crypto;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.SignatureCheck.Reason;

/**
 * Signatures of the platform's responses (RFC 9421 §2.4), each bound to the request that it answers:
 * {@code ("@status" "content-type" "content-digest" "exchange-id" "@method";req "@path";req "signature";req)} with
 * {@code created nonce keyid tag}. A response without content has neither {@code content-type} nor
 * {@code content-digest} in the list; as the list is computed from the response, content cannot be stripped or added.
 */
public final class ResponseSignatures {
    public static final String LABEL = "platform";

    /** How far the clocks of platform and caller may differ, either way. */
    public static final Duration MAX_DIFFERENCE = Duration.ofSeconds(300);

    private ResponseSignatures() {}

    /**
     * Signs a response.
     *
     * @throws IllegalArgumentException if a field that must be covered is absent or is not plain ASCII
     */
    public static MessageSignature sign(
            HttpResponse response, RequestBinding request, Signer signer, Instant created, String nonce) {
        SignatureBase base = baseOf(response, request);
        if (!base.isLegal()) {
            throw new IllegalArgumentException("the response cannot be signed");
        }
        SignatureParameters parameters =
                new SignatureParameters(created.getEpochSecond(), OptionalLong.empty(), nonce, signer.keyId());
        String signatureParams = base.components() + parameters.serialized();
        byte[] bytes = base.finish(signatureParams);
        return new MessageSignature(LABEL, signatureParams, bytes, signer.sign(bytes));
    }

    /** Reads the response's Signature-Input and Signature; see {@link RequestSignatures#parse}. */
    public static Map<String, PresentedSignature> parse(@Nullable String signatureInput, @Nullable String signature)
            throws MalformedSignatureException {
        return SignatureFields.parse(signatureInput, signature);
    }

    /** Checks the signature against the response, the request it must answer, the key and the clock. */
    public static SignatureCheck check(
            HttpResponse response,
            RequestBinding request,
            PresentedSignature presented,
            VerificationKey key,
            Instant now) {
        SignatureParameters parameters = presented.parameters().orElse(null);
        if (parameters == null
                || parameters.expires().isPresent()
                || !parameters.keyId().equals(key.keyId())) {
            return new SignatureCheck.Refused(Reason.BAD_PARAMETERS);
        }
        long age = now.getEpochSecond() - parameters.created();
        if (Math.abs(age) > MAX_DIFFERENCE.toSeconds()) {
            return new SignatureCheck.Refused(age < 0 ? Reason.FUTURE : Reason.EXPIRED);
        }
        SignatureBase base = baseOf(response, request);
        if (!base.isLegal() || !base.components().equals(presented.components())) {
            return new SignatureCheck.Refused(Reason.COMPONENTS);
        }
        byte[] bytes = base.finish(presented.signatureParams());
        return key.verify(bytes, presented.value())
                ? new SignatureCheck.Valid(presented, parameters, bytes)
                : new SignatureCheck.Refused(Reason.BAD_SIGNATURE);
    }

    private static SignatureBase baseOf(HttpResponse response, RequestBinding request) {
        HeaderLookup headers = response.headers();
        SignatureBase base = new SignatureBase();
        base.add("\"@status\"", Integer.toString(response.status()));
        if (response.hasBody()) {
            base.add("\"content-type\"", headers.joined("content-type"));
            base.add("\"content-digest\"", headers.joined("content-digest"));
        }
        base.add("\"exchange-id\"", headers.joined("exchange-id"));
        base.add("\"@method\";req", request.method());
        base.add("\"@path\";req", request.path().isEmpty() ? "/" : request.path());
        base.add("\"signature\";req", request.signature());
        return base;
    }
}
