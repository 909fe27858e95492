package org.xietong.client;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xietong.client.UntrustedAnswerException.Reason;
import org.xietong.crypto.ContentDigest;
import org.xietong.crypto.HeaderLookup;
import org.xietong.crypto.HttpResponse;
import org.xietong.crypto.MalformedSignatureException;
import org.xietong.crypto.PresentedSignature;
import org.xietong.crypto.ResponseSignatures;
import org.xietong.crypto.SignatureCheck;
import org.xietong.crypto.VerificationKey;

/** Checks answers against the platform's response certificates. Thread-safe. */
final class AnswerVerifier {
    private final Map<String, VerificationKey> trusted;
    private final Clock clock;

    AnswerVerifier(Collection<X509Certificate> platformCertificates, Clock clock) {
        Map<String, VerificationKey> keys = new HashMap<>();
        for (X509Certificate certificate : platformCertificates) {
            VerificationKey key = VerificationKey.of(certificate);
            keys.put(key.keyId(), key);
        }
        this.trusted = Map.copyOf(keys);
        this.clock = clock;
    }

    SignedAnswer verify(PreparedRequest request, RawAnswer answer) {
        HeaderLookup headers = answer.headers()::allValues;
        PresentedSignature presented = presented(headers, answer);
        VerificationKey key = presented.keyId().map(trusted::get).orElse(null);
        if (key == null || !key.isValidAt(clock.instant())) {
            throw new UntrustedAnswerException(Reason.UNKNOWN_KEY, "", answer);
        }
        boolean hasBody = answer.body().length > 0;
        SignatureCheck check = ResponseSignatures.check(
                new HttpResponse(answer.status(), hasBody, headers),
                request.binding(),
                presented,
                key,
                clock.instant());
        byte[] base = switch (check) {
            case SignatureCheck.Valid valid -> valid.base();
            case SignatureCheck.Refused refused ->
                throw new UntrustedAnswerException(
                        Reason.SIGNATURE_REFUSED, refused.reason().name(), answer);
        };
        if (hasBody && !digestMatches(headers.joined("content-digest"), answer.body())) {
            throw new UntrustedAnswerException(Reason.CONTENT_DIGEST, "", answer);
        }
        return new SignedAnswer(
                answer.status(),
                answer.headers(),
                answer.body(),
                answer.headers().firstValue("exchange-id").orElse(""),
                request,
                new SignatureEvidence(
                        presented.label(), base, presented.value(), key.keyId(), key.algorithm(), key.certificate()));
    }

    private static PresentedSignature presented(HeaderLookup headers, RawAnswer answer) {
        try {
            PresentedSignature presented = ResponseSignatures.parse(
                            headers.joined("signature-input"), headers.joined("signature"))
                    .get(ResponseSignatures.LABEL);
            if (presented == null) {
                throw new UntrustedAnswerException(Reason.UNSIGNED, "", answer);
            }
            return presented;
        } catch (MalformedSignatureException e) {
            Reason reason = e.fault() == MalformedSignatureException.Fault.MISSING
                    ? Reason.UNSIGNED
                    : Reason.MALFORMED_SIGNATURE;
            throw new UntrustedAnswerException(reason, e.fault().name(), answer);
        }
    }

    private static boolean digestMatches(@Nullable String field, byte[] body) {
        return field != null && ContentDigest.matches(field, body);
    }
}
