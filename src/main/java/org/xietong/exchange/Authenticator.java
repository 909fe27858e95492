package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xietong.agency.Caller;
import org.xietong.agency.Directory;
import org.xietong.agency.DirectorySnapshot;
import org.xietong.agency.Officer;
import org.xietong.agency.Purpose;
import org.xietong.agency.Role;
import org.xietong.agency.Tokens;
import org.xietong.agency.UsableOfficer;
import org.xietong.agency.UsableSystem;
import org.xietong.crypto.ContentDigest;
import org.xietong.crypto.MalformedSignatureException;
import org.xietong.crypto.PresentedSignature;
import org.xietong.crypto.RequestSignatures;
import org.xietong.crypto.SignatureCheck;
import org.xietong.crypto.Suite;
import org.xietong.crypto.VerificationKey;
import org.xietong.exchange.Exchange.Authenticated;
import org.xietong.exchange.Exchange.VerifiedSignature;
import org.xietong.exchange.Operation.Need;
import org.xietong.ledger.NonceUse;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Steps 1 to 4 of the road: who asks, proved by his key; what he must bring. Until the system's signature is verified
 * nothing is journaled, only counted (I3).
 */
@ApplicationScoped
class Authenticator {
    private final Directory directory;
    private final Tokens tokens;
    private final Limits limits;
    private final RequestHead head;

    Authenticator(Directory directory, Tokens tokens, Limits limits, RequestHead head) {
        this.directory = directory;
        this.tokens = tokens;
        this.limits = limits;
        this.head = head;
    }

    /** Establishes the caller, or throws. What fails after the system's signature is verified is journaled. */
    void authenticate(Exchange exchange) {
        limits.admitSource(exchange.source());
        DirectorySnapshot register = directory.current();
        Map<String, PresentedSignature> presented = presented(exchange);
        PresentedSignature system = presented.get(RequestSignatures.SYSTEM);
        if (system == null) {
            limits.failed(exchange.source());
            throw new ProblemException(ProblemType.UNAUTHENTICATED, new FieldFault("Signature", "REQUIRED"));
        }
        String keyId = keyId(system, ProblemType.SIGNATURE_INVALID);
        limits.admitKey(exchange.source(), keyId);
        try {
            proveSystem(exchange, register, system, keyId, presented);
        } catch (ProblemException e) {
            if (!exchange.isAuthenticated()) {
                limits.failed(exchange.source(), keyId);
            }
            throw e;
        }
    }

    private void proveSystem(
            Exchange exchange,
            DirectorySnapshot register,
            PresentedSignature system,
            String keyId,
            Map<String, PresentedSignature> presented) {
        UsableSystem holder = register.usableSystemKey(keyId, exchange.time())
                .orElseThrow(() -> new ProblemException(ProblemType.SIGNATURE_INVALID));
        VerificationKey key = holder.key().key();
        VerifiedSignature verified = verify(exchange, system, key, ProblemType.SIGNATURE_INVALID);
        checkBody(exchange);
        Set<Role> roles = exchange.operation().needs(Need.WITHOUT_TOKEN)
                ? holder.system().roles()
                : tokens.verify(exchange.token(), holder).roles();
        Caller caller = new Caller(
                holder.unit().agency(),
                holder.unit().id(),
                holder.system().id(),
                roles,
                Optional.empty(),
                false,
                Optional.empty());
        Suite suite = key.algorithm().suite();
        exchange.authenticated(new Authenticated(caller, keyId, suite, List.of(verified)));
        head.guard(exchange);
        limits.admitSystem(caller.system());
        complete(exchange, register, Optional.ofNullable(presented.get(RequestSignatures.OFFICER)), verified, suite);
    }

    /** Purpose, officer, and the headers that the operation needs. */
    private void complete(
            Exchange exchange,
            DirectorySnapshot register,
            Optional<PresentedSignature> officerSignature,
            VerifiedSignature system,
            Suite suite) {
        Caller caller = exchange.caller();
        Purpose purpose = exchange.header(ExchangeHeaders.PURPOSE)
                .map(ExchangeHeaders::purpose)
                .orElseThrow(() -> new ProblemException(ProblemType.PURPOSE_REQUIRED));
        Optional<Officer> officer = officer(exchange, register, caller.unit());
        List<VerifiedSignature> signatures = new ArrayList<>(List.of(system));
        if (officerSignature.isPresent()) {
            signatures.add(proveOfficer(exchange, register, officerSignature.get(), officer));
        }
        exchange.authenticated(new Authenticated(
                new Caller(
                        caller.agency(),
                        caller.unit(),
                        caller.system(),
                        caller.roles(),
                        officer.map(Officer::id),
                        officerSignature.isPresent(),
                        Optional.of(purpose)),
                system.keyId(),
                suite,
                List.copyOf(signatures)));
        require(exchange, Need.OFFICER, officer.isPresent(), ProblemType.OFFICER_REQUIRED);
        require(exchange, Need.OFFICER_SIGNATURE, officerSignature.isPresent(), ProblemType.OFFICER_SIGNATURE_REQUIRED);
        require(
                exchange,
                Need.IDEMPOTENCY_KEY,
                exchange.header(ExchangeHeaders.IDEMPOTENCY_KEY).isPresent(),
                ProblemType.IDEMPOTENCY_KEY_REQUIRED);
        exchange.header(ExchangeHeaders.IDEMPOTENCY_KEY).ifPresent(ExchangeHeaders::idempotencyKey);
        require(
                exchange,
                Need.IF_MATCH,
                exchange.header(ExchangeHeaders.IF_MATCH).isPresent(),
                ProblemType.PRECONDITION_REQUIRED);
        Duties.separate(exchange, officer);
    }

    private VerifiedSignature proveOfficer(
            Exchange exchange, DirectorySnapshot register, PresentedSignature signature, Optional<Officer> named) {
        String keyId = keyId(signature, ProblemType.OFFICER_SIGNATURE_INVALID);
        UsableOfficer holder = register.usableOfficerKey(keyId, exchange.time())
                .orElseThrow(() -> new ProblemException(ProblemType.OFFICER_SIGNATURE_INVALID));
        if (named.isEmpty() || !named.get().id().equals(holder.officer().id())) {
            throw new ProblemException(
                    ProblemType.OFFICER_SIGNATURE_INVALID, new FieldFault(ExchangeHeaders.OFFICER, "NOT_THE_SIGNER"));
        }
        VerificationKey key = register.key(keyId).orElseThrow().key();
        return verify(exchange, signature, key, ProblemType.OFFICER_SIGNATURE_INVALID);
    }

    private VerifiedSignature verify(
            Exchange exchange, PresentedSignature signature, VerificationKey key, ProblemType problem) {
        return switch (RequestSignatures.check(exchange.request(), signature, key, exchange.time())) {
            case SignatureCheck.Valid valid ->
                new VerifiedSignature(
                        signature.label(),
                        key.keyId(),
                        valid.base(),
                        signature.value(),
                        new NonceUse(
                                key.keyId(),
                                valid.parameters().nonce(),
                                Instant.ofEpochSecond(valid.parameters().created())));
            case SignatureCheck.Refused refused ->
                throw new ProblemException(
                        outsideClock(refused.reason()) ? ProblemType.SIGNATURE_OUTSIDE_CLOCK_WINDOW : problem,
                        new FieldFault("Signature-Input", refused.reason().name()));
        };
    }

    private static boolean outsideClock(SignatureCheck.Reason reason) {
        return switch (reason) {
            case EXPIRED, FUTURE, TOO_LONG -> true;
            case BAD_PARAMETERS, COMPONENTS, BAD_SIGNATURE -> false;
        };
    }

    private static String keyId(PresentedSignature signature, ProblemType problem) {
        return signature
                .keyId()
                .orElseThrow(() -> new ProblemException(problem, new FieldFault("Signature-Input", "BAD_PARAMETERS")));
    }

    private static void checkBody(Exchange exchange) {
        if (exchange.body().length > 0
                && !exchange.header("content-digest")
                        .map(header -> ContentDigest.matches(header, exchange.body()))
                        .orElse(false)) {
            throw new ProblemException(ProblemType.CONTENT_DIGEST_MISMATCH);
        }
    }

    private Map<String, PresentedSignature> presented(Exchange exchange) {
        if (exchange.header("signature-input").isEmpty()
                || exchange.header("signature").isEmpty()) {
            limits.failed(exchange.source());
            throw new ProblemException(ProblemType.UNAUTHENTICATED, new FieldFault("Signature-Input", "REQUIRED"));
        }
        try {
            return RequestSignatures.parse(exchange.request());
        } catch (MalformedSignatureException e) {
            limits.failed(exchange.source());
            throw new ProblemException(ProblemType.SIGNATURE_INVALID, new FieldFault("Signature-Input", "SYNTAX"));
        }
    }

    /** The officer named, who must be registered, active and of the calling unit. */
    private static Optional<Officer> officer(Exchange exchange, DirectorySnapshot register, String unit) {
        return exchange.header(ExchangeHeaders.OFFICER).map(header -> {
            ExchangeHeaders.NamedOfficer named = ExchangeHeaders.officer(header);
            return register.usableOfficer(named.id(), exchange.time())
                    .map(UsableOfficer::officer)
                    .filter(known -> known.unit().equals(unit) && named.unit().equals(unit))
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.OFFICER_UNKNOWN, new FieldFault(ExchangeHeaders.OFFICER, "UNKNOWN")));
        });
    }

    private static void require(Exchange exchange, Need need, boolean there, ProblemType problem) {
        if (exchange.operation().needs(need) && !there) {
            throw new ProblemException(problem);
        }
    }
}
