package org.xietong.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.greenbytes.http.sfv.StringItem;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.ContentDigest;
import org.xietong.crypto.HttpRequest;
import org.xietong.crypto.MessageSignature;
import org.xietong.crypto.Nonces;
import org.xietong.crypto.RequestSignatures;
import org.xietong.crypto.Signer;

/**
 * A request being put together; signed when it is prepared. Not thread-safe, and each preparation makes new nonces.
 *
 * @param <T> the concrete draft, so that calls chain
 */
public abstract class RequestDraft<T extends RequestDraft<T>> {
    /** Time enough for a queue and for a clock that runs behind; far below what the platform allows. */
    private static final Duration DEFAULT_VALIDITY = Duration.ofSeconds(120);

    private static final byte[] NO_BODY = {};

    private final String authority;
    private final Signer system;
    private final Clock clock;
    private final String method;
    private final String target;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private byte[] body = NO_BODY;
    private String contentType = "application/json";
    private Duration validity = DEFAULT_VALIDITY;
    private @Nullable Signer officerSigner;
    private @Nullable Instant created;
    private @Nullable String nonce;

    RequestDraft(String authority, Signer system, Clock clock, String method, String target) {
        this.authority = authority;
        this.system = system;
        this.clock = clock;
        this.method = method;
        this.target = target;
    }

    abstract T self();

    /** The content, JSON unless {@link #contentType} says otherwise. Empty means none. */
    public T body(byte[] content) {
        body = content.clone();
        return self();
    }

    public T contentType(String type) {
        contentType = type;
        return self();
    }

    public T purpose(Purpose purpose) {
        return header("exchange-purpose", purpose.field());
    }

    /** Names the officer; only the system signs. */
    public T officer(OfficerName officer) {
        return header("exchange-officer", officer.field());
    }

    /** Names the officer, and signs with his own key too. */
    public T officer(OfficerName officer, Signer signer) {
        officerSigner = signer;
        return officer(officer);
    }

    /** Sent quoted, as a structured field String (draft-ietf-httpapi-idempotency-key-header §2.1). */
    public T idempotencyKey(String key) {
        return header("idempotency-key", StringItem.valueOf(key).serialize());
    }

    /** A fresh random key. */
    public T idempotencyKey() {
        return idempotencyKey(UUID.randomUUID().toString());
    }

    /**
     * Changes only what still has this entity tag.
     *
     * @param etag as the platform gave it, with its quotes
     */
    public T ifMatch(String etag) {
        return header("if-match", etag);
    }

    public T header(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), List.of(value));
        return self();
    }

    /** How long the signature holds; the platform takes at most 300 seconds. */
    public T validity(Duration duration) {
        validity = duration;
        return self();
    }

    /** Instead of now. */
    public T created(Instant instant) {
        created = instant;
        return self();
    }

    /** Instead of a fresh one, for the system's signature. */
    public T nonce(String value) {
        nonce = value;
        return self();
    }

    final String target() {
        return target;
    }

    /** @throws IllegalArgumentException if a value that must be signed is not plain ASCII */
    final PreparedRequest sign() {
        Map<String, List<String>> sent = new LinkedHashMap<>(headers);
        if (body.length > 0) {
            sent.put("content-type", List.of(contentType));
            sent.put(
                    "content-digest",
                    List.of(ContentDigest.of(system.algorithm().suite(), body)));
        }
        HttpRequest request = PreparedRequest.asSigned(method, authority, target, sent, body);
        Instant now = created == null ? clock.instant() : created;
        MessageSignature bySystem = RequestSignatures.sign(
                request, RequestSignatures.SYSTEM, system, now, validity, nonce == null ? Nonces.next() : nonce);
        Optional<MessageSignature> byOfficer = Optional.ofNullable(officerSigner)
                .map(signer -> RequestSignatures.sign(
                        request, RequestSignatures.OFFICER, signer, now, validity, Nonces.next()));
        MessageSignature[] all = byOfficer
                .map(officer -> new MessageSignature[] {bySystem, officer})
                .orElseGet(() -> new MessageSignature[] {bySystem});
        sent.put("signature-input", List.of(MessageSignature.signatureInput(all)));
        sent.put("signature", List.of(MessageSignature.signature(all)));
        Optional<Signer> officer = Optional.ofNullable(officerSigner);
        return new PreparedRequest(
                method,
                authority,
                target,
                sent,
                body,
                SignatureEvidence.of(bySystem, system),
                byOfficer.flatMap(made -> officer.map(signer -> SignatureEvidence.of(made, signer))));
    }
}
