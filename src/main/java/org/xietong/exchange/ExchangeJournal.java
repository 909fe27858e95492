package org.xietong.exchange;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.crypto.Digests;
import org.xietong.crypto.Jcs;
import org.xietong.label.Level;
import org.xietong.ledger.ExchangeIndex;
import org.xietong.ledger.ExchangeRecord;
import org.xietong.ledger.Journal;
import org.xietong.ledger.NonceUse;
import org.xietong.ledger.Outcome;
import org.xietong.ledger.PartContent;
import org.xietong.ledger.Touched;
import org.xietong.record.Trace;

/** Step 9 of the road: writes down what was asked, decided, shown, changed and answered, part by part. */
@ApplicationScoped
class ExchangeJournal {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Journal journal;

    ExchangeJournal(Journal journal) {
        this.journal = journal;
    }

    /**
     * In the transaction of the change; a replayed nonce rolls it back.
     *
     * @param keepsBody whether the body is kept beside the entry; that of a repeat is the first one's, and was kept with it
     */
    void append(Connection transaction, Exchange exchange, SealedAnswer answer, boolean keepsBody) {
        Optional<byte[]> body = keepsBody ? body(exchange) : Optional.empty();
        journal.append(transaction, entry(exchange, answer, Outcome.PERMIT, nonces(exchange), body));
    }

    /** Of a bulk body each line's own bytes; its part {@code request} holds their digest. A streamed body lies in its own place. */
    private static Optional<byte[]> body(Exchange exchange) {
        return Optional.of(exchange.body()).filter(body -> body.length > 0);
    }

    /** Together with other reads; returns when it is durable. */
    void appendRead(Exchange exchange, SealedAnswer answer) {
        journal.appendGrouped(entry(exchange, answer, Outcome.PERMIT, nonces(exchange), Optional.empty()));
    }

    /**
     * A denial or failure. Its nonces are used up with it, unless the failure is that they were used before.
     *
     * @param freshNonces whether the nonces are to be taken; false for a replay
     */
    void appendFailure(Exchange exchange, SealedAnswer answer, Outcome outcome, boolean freshNonces) {
        List<NonceUse> nonces = freshNonces ? nonces(exchange) : List.of();
        journal.appendGrouped(entry(exchange, answer, outcome, nonces, Optional.empty()));
    }

    private static List<NonceUse> nonces(Exchange exchange) {
        return exchange.nonces();
    }

    private ExchangeRecord entry(
            Exchange exchange, SealedAnswer answer, Outcome outcome, List<NonceUse> nonces, Optional<byte[]> body) {
        Caller caller = exchange.caller();
        Trace trace = exchange.trace();
        String rule = trace.rule().orElse(exchange.operation().name());
        List<PartContent> parts = new ArrayList<>();
        parts.add(part("request", 0, request(exchange)));
        caller.purpose().ifPresent(purpose -> parts.add(part("purpose", 0, purpose(caller))));
        parts.add(part("decision", 0, decision(trace, rule, outcome)));
        List<Trace.Disclosed> disclosed = trace.disclosures();
        for (int i = 0; i < disclosed.size(); i++) {
            parts.add(part("disclosed", i, disclosed(disclosed.get(i))));
        }
        List<Trace.Changed> changed = trace.changes();
        for (int i = 0; i < changed.size(); i++) {
            parts.add(part("changed", i, changed(changed.get(i))));
        }
        parts.add(part("response", 0, response(exchange, answer)));
        ExchangeIndex index = new ExchangeIndex(
                caller.unit(),
                caller.system(),
                caller.officer().orElse(null),
                exchange.operation().name(),
                trace.kind().orElse(null),
                outcome,
                rule,
                answer.status(),
                level(trace),
                touched(trace));
        return new ExchangeRecord(
                exchange.id(), exchange.time(), caller.agency().name(), parts, index, nonces, body);
    }

    /** Each subject once, however many versions of it were shown. */
    private static List<Touched> touched(Trace trace) {
        Map<UUID, Touched> touched = new LinkedHashMap<>();
        for (Trace.Changed one : trace.changes()) {
            touched.merge(
                    one.id(),
                    new Touched(one.id(), one.matter(), one.ownerUnit(), true, List.of(), one.participants()),
                    ExchangeJournal::both);
        }
        List<Trace.Disclosed> disclosed = trace.disclosures();
        for (int i = 0; i < disclosed.size(); i++) {
            Trace.Disclosed one = disclosed.get(i);
            touched.merge(
                    one.id(),
                    new Touched(one.id(), one.matter(), one.ownerUnit(), false, List.of(i), one.participants()),
                    ExchangeJournal::both);
        }
        return List.copyOf(touched.values());
    }

    private static Touched both(Touched one, Touched other) {
        return new Touched(
                one.subject(),
                one.thread(),
                one.ownerUnit(),
                one.changed(),
                Stream.concat(one.parts().stream(), other.parts().stream()).toList(),
                Stream.concat(one.participants().stream(), other.participants().stream())
                        .collect(Collectors.toSet()));
    }

    private static @Nullable String level(Trace trace) {
        return Stream.concat(
                        trace.changes().stream().map(Trace.Changed::level),
                        trace.disclosures().stream().map(Trace.Disclosed::level))
                .max(Comparator.naturalOrder())
                .map(Level::name)
                .orElse(null);
    }

    /** Of a suspected state secret only who, when, where to and a commitment stay (I7): the part's salt hides the rest. */
    private static ObjectNode request(Exchange exchange) {
        ObjectNode part = JSON.objectNode();
        part.put("system", exchange.caller().system());
        part.put("keyId", exchange.keyId());
        part.put("method", exchange.request().method());
        part.put("operation", exchange.operation().name());
        if (exchange.withheld()) {
            part.put("withheld", "STATE_SECRET");
            byte[] salt = new byte[16];
            RANDOM.nextBytes(salt);
            part.put("commitmentSalt", Digests.hex(salt));
            part.put("commitment", Digests.hex(Digests.sha256(salt, exchange.fingerprintOfBody())));
            byte[] base = exchange.authenticated().signatures().getFirst().base();
            part.put("baseCommitment", Digests.hex(Digests.sha256(salt, base)));
            return part;
        }
        part.put("path", exchange.request().path());
        Optional.ofNullable(exchange.request().query()).ifPresent(query -> part.put("query", query));
        exchange.header("content-digest").ifPresent(digest -> part.put("contentDigest", digest));
        exchange.header("idempotency-key").ifPresent(key -> part.put("idempotencyKey", key));
        exchange.lineNumber().ifPresent(line -> {
            part.put("line", line);
            part.put("lineDigest", Digests.hex(Digests.sha256(exchange.body())));
            exchange.idempotencyKey().ifPresent(key -> part.put("idempotencyKey", key));
        });
        ArrayNode signatures = part.putArray("signatures");
        for (Exchange.VerifiedSignature signature : exchange.authenticated().signatures()) {
            signatures
                    .addObject()
                    .put("label", signature.label())
                    .put("keyId", signature.keyId())
                    .put("base", new String(signature.base(), StandardCharsets.UTF_8))
                    .put("signature", base64(signature.signature()));
        }
        return part;
    }

    private static ObjectNode purpose(Caller caller) {
        ObjectNode part = JSON.objectNode();
        caller.purpose().ifPresent(purpose -> {
            part.put("code", purpose.code());
            purpose.basis().ifPresent(basis -> part.put("basis", basis));
            purpose.caseNumber().ifPresent(number -> part.put("caseNumber", number));
        });
        caller.officer()
                .ifPresent(officer -> part.put("officer", officer).put("officerSigned", caller.officerSigned()));
        return part;
    }

    private static ObjectNode decision(Trace trace, String rule, Outcome outcome) {
        ObjectNode part = JSON.objectNode();
        part.put("outcome", outcome.name());
        part.put("rule", rule);
        trace.policyVersion().ifPresent(version -> part.put("policyVersion", version));
        trace.inquiry().ifPresent(inquiry -> part.put("grant", inquiry.toString()));
        return part;
    }

    private static ObjectNode disclosed(Trace.Disclosed record) {
        ObjectNode part = JSON.objectNode();
        part.put("id", record.id().toString());
        part.put("kind", record.kind());
        part.put("version", record.version());
        part.put("matter", record.matter().toString());
        part.put("level", record.level().name());
        part.put("view", record.view().name());
        part.put("rule", record.rule());
        part.set("masked", texts(record.masked()));
        part.set("caveated", texts(record.caveated()));
        part.set(
                "participants",
                texts(record.participants().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList()));
        return part;
    }

    private static ObjectNode changed(Trace.Changed record) {
        ObjectNode part = JSON.objectNode();
        part.put("id", record.id().toString());
        part.put("kind", record.kind());
        part.put("version", record.version());
        part.put("action", record.action());
        part.put("level", record.level().name());
        part.put("contentDigest", record.contentDigest());
        return part;
    }

    /** The signature base of an answer repeats the path: of a suspected state secret it does not stay (I7). */
    private static ObjectNode response(Exchange exchange, SealedAnswer answer) {
        ObjectNode part = JSON.objectNode();
        part.put("status", answer.status());
        part.put("contentDigest", answer.headers().get("Content-Digest"));
        part.put("keyId", answer.keyId());
        if (!exchange.withheld()) {
            part.put("base", new String(answer.base(), StandardCharsets.UTF_8));
        }
        part.put("signature", base64(answer.signature()));
        return part;
    }

    private static PartContent part(String name, int index, ObjectNode content) {
        return new PartContent(name, index, Jcs.canonical(content));
    }

    private static ArrayNode texts(Collection<String> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
