package org.xietong.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.crypto.BodyDigest;
import org.xietong.crypto.ContentDigest;
import org.xietong.crypto.HttpRequest;
import org.xietong.crypto.RequestSignatures;
import org.xietong.crypto.Suite;
import org.xietong.ledger.NonceUse;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Trace;

/**
 * One request on its way down the road. A plain object, carried by the request and touched by its thread alone: no
 * proxy, so that nothing of one caller can reach another.
 */
public final class Exchange {
    private static final String BEARER = "Bearer ";

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
    private @Nullable Integer line;
    private Optional<String> lineKey = Optional.empty();
    private int status = 200;
    private @Nullable Withheld withheld;
    private boolean noncesTaken;

    /** Why the journal keeps nothing that answers a guess at this request's body. */
    enum Withheld {
        /** It is suspected of a state secret (I7). */
        STATE_SECRET,
        /** It is about what was erased (I9). */
        ERASED,
        /** It came in one signed body with what was erased: that body's digest stays nowhere, the line's own does. */
        BESIDE_ERASED
    }

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

    /**
     * The exchange of one line of this request's body: an exchange of its own, by the same caller, proved by the same signatures.
     *
     * @param number from 1
     * @param of the operation that the line asks for
     * @param withNonces whether its entry uses the signatures' nonces up; one entry of the request does
     */
    Exchange line(int number, UUID lineId, Operation of, byte[] bytes, Optional<String> key, boolean withNonces) {
        Exchange one = new Exchange(lineId, time, of, request, bytes, source);
        one.line = number;
        one.lineKey = key;
        one.authenticated = authenticated;
        one.withheld = withheld;
        one.noncesTaken = !withNonces;
        return one;
    }

    /** The line of a body that this exchange is about; empty where it is about the whole request. */
    Optional<Integer> lineNumber() {
        return Optional.ofNullable(line);
    }

    /** The key under which the outcome is remembered: the request's, or the line's own. */
    Optional<String> idempotencyKey() {
        return line != null ? lineKey : header(ExchangeHeaders.IDEMPOTENCY_KEY).map(ExchangeHeaders::idempotencyKey);
    }

    /** The nonces that this exchange's entry must use up; none where another entry of the same request did. */
    List<NonceUse> nonces() {
        return noncesTaken
                ? List.of()
                : authenticated().signatures().stream()
                        .map(VerifiedSignature::nonce)
                        .toList();
    }

    boolean bringsNonces() {
        return !noncesTaken;
    }

    void noncesTaken() {
        noncesTaken = true;
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

    /**
     * The token that it brought.
     *
     * @throws ProblemException TOKEN_INVALID where there is none
     */
    String token() {
        return header("authorization")
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).strip())
                .orElseThrow(() ->
                        new ProblemException(ProblemType.TOKEN_INVALID, new FieldFault("Authorization", "REQUIRED")));
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

    /** Nothing of the body may stay: of a suspected state secret a salted commitment, of what was erased not even that. */
    void withhold(Withheld reason) {
        withheld = reason;
    }

    HttpRequest request() {
        return request;
    }

    /** Empty where the operation streams its body. */
    byte[] body() {
        return body;
    }

    /** What stands for the body where requests are compared: itself, or the signed digest of one that is streamed. */
    byte[] fingerprintOfBody() {
        return operation.needs(Operation.Need.STREAMED)
                ? header("content-digest").orElse("").getBytes(StandardCharsets.UTF_8)
                : body;
    }

    /** Whether the signed Content-Digest is of these digests; in suite gm it must hold both. */
    public boolean bodyIs(BodyDigest digest) {
        return header("content-digest")
                .map(field -> ContentDigest.matches(field, authenticated().suite(), digest))
                .orElse(false);
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

    Optional<Withheld> withheld() {
        return Optional.ofNullable(withheld);
    }

    boolean hasBody() {
        return body.length > 0 || operation.needs(Operation.Need.STREAMED);
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
