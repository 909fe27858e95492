package org.xietong.exchange;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.crypto.HttpRequest;
import org.xietong.crypto.RequestSignatures;
import org.xietong.crypto.Suite;
import org.xietong.ledger.NonceUse;
import org.xietong.record.Trace;

/**
 * One request on its way down the road. A plain object, carried by the request and touched by its thread alone: no
 * proxy, so that nothing of one caller can reach another.
 */
public final class Exchange {
    private final UUID id;
    private final Instant time;
    private final Operation operation;
    private final HttpRequest request;
    private final byte[] body;
    private final String source;
    private final Trace trace = new Trace();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable Authenticated authenticated;
    private @Nullable SealedAnswer answer;
    private int status = 200;
    private boolean withheld;

    /**
     * What authentication established.
     *
     * @param signatures the verified signatures, the system's first
     */
    record Authenticated(Caller caller, String keyId, Suite suite, List<VerifiedSignature> signatures) {}

    /** A verified signature of the request, as the journal keeps it. */
    record VerifiedSignature(String label, String keyId, byte[] base, byte[] signature, NonceUse nonce) {}

    Exchange(UUID id, Instant time, Operation operation, HttpRequest request, byte[] body, String source) {
        this.id = id;
        this.time = time;
        this.operation = operation;
        this.request = request;
        this.body = body;
        this.source = source;
    }

    public UUID id() {
        return id;
    }

    public Instant time() {
        return time;
    }

    public Operation operation() {
        return operation;
    }

    public Caller caller() {
        return authenticated().caller();
    }

    /** The key that signed as {@code sys}: tokens are bound to it. */
    public String keyId() {
        return authenticated().keyId();
    }

    /** The key that signed as {@code officer}, if any. */
    public Optional<String> officerKeyId() {
        return authenticated().signatures().stream()
                .filter(signature -> signature.label().equals(RequestSignatures.OFFICER))
                .map(VerifiedSignature::keyId)
                .findFirst();
    }

    public Trace trace() {
        return trace;
    }

    /** A request header by its lower-case name, joined as its signature sees it. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.headers().joined(name));
    }

    /** The status of a successful answer; 200 unless said otherwise. */
    public void status(int code) {
        status = code;
    }

    /** Whether this exchange made a new version of anything. */
    public boolean changed() {
        return !trace.changes().isEmpty();
    }

    /** Adds a header to a successful answer. */
    public void answerHeader(String name, String value) {
        headers.put(name, value);
    }

    /** The body is suspected of a state secret: nothing of it may stay but a salted commitment (I7). */
    public void withhold() {
        withheld = true;
    }

    HttpRequest request() {
        return request;
    }

    byte[] body() {
        return body;
    }

    /** The address the request came from, for limits only; it is not journaled. */
    String source() {
        return source;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    boolean withheld() {
        return withheld;
    }

    boolean isAuthenticated() {
        return authenticated != null;
    }

    Authenticated authenticated() {
        return Objects.requireNonNull(authenticated, "not authenticated");
    }

    void authenticated(Authenticated established) {
        authenticated = established;
    }

    Optional<SealedAnswer> answer() {
        return Optional.ofNullable(answer);
    }

    void answer(SealedAnswer sealed) {
        answer = sealed;
    }
}
