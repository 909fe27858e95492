package org.xietong.exchange;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.xietong.agency.Caller;
import org.xietong.crypto.Digests;
import org.xietong.crypto.Jcs;
import org.xietong.exchange.Exchange.Withheld;
import org.xietong.ledger.Outcome;
import org.xietong.ledger.PartContent;
import org.xietong.record.Trace;

/** What the parts of an entry say of an exchange, each in canonical JSON; the journal seals them with salts of their own. */
final class ExchangeParts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ExchangeParts() {}

    static List<PartContent> of(Exchange exchange, SealedAnswer answer, Outcome outcome, String rule) {
        Caller caller = exchange.caller();
        Trace trace = exchange.trace();
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
        return parts;
    }

    /**
     * Of a suspected state secret only who, when, where to and a commitment stay (I7): the part's salt hides the rest. Of what is sent
     * for an erased record neither digest nor signature, which would answer whoever guesses the body (I9).
     */
    private static ObjectNode request(Exchange exchange) {
        ObjectNode part = JSON.objectNode();
        part.put("system", exchange.caller().system());
        part.put("keyId", exchange.keyId());
        part.put("method", exchange.request().method());
        part.put("operation", exchange.operation().name());
        exchange.withheld().ifPresent(reason -> part.put("withheld", reason.name()));
        if (isWithheld(exchange, Withheld.STATE_SECRET)) {
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
        exchange.header("idempotency-key").ifPresent(key -> part.put("idempotencyKey", key));
        exchange.lineNumber().ifPresent(line -> {
            part.put("line", line);
            if (!isWithheld(exchange, Withheld.ERASED)) {
                part.put("lineDigest", Digests.hex(Digests.sha256(exchange.body())));
            }
            exchange.idempotencyKey().ifPresent(key -> part.put("idempotencyKey", key));
        });
        if (exchange.withheld().isPresent()) {
            return part;
        }
        exchange.header("content-digest").ifPresent(digest -> part.put("contentDigest", digest));
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
        Optional.ofNullable(record.outside()).ifPresent(outside -> {
            part.put("recipient", outside.recipient());
            part.put("packet", outside.packet().toString());
        });
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

    static boolean isWithheld(Exchange exchange, Withheld reason) {
        return exchange.withheld().filter(reason::equals).isPresent();
    }

    /** The signature base of an answer repeats path and signature of the request: where that is withheld it does not stay. */
    private static ObjectNode response(Exchange exchange, SealedAnswer answer) {
        ObjectNode part = JSON.objectNode();
        part.put("status", answer.status());
        part.put("contentDigest", answer.headers().get("Content-Digest"));
        part.put("keyId", answer.keyId());
        if (exchange.withheld().isEmpty()) {
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
