package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
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
import org.xietong.exchange.Exchange.Withheld;
import org.xietong.label.Level;
import org.xietong.ledger.ExchangeIndex;
import org.xietong.ledger.ExchangeRecord;
import org.xietong.ledger.Journal;
import org.xietong.ledger.JournalUnavailableException;
import org.xietong.ledger.NonceUse;
import org.xietong.ledger.Outcome;
import org.xietong.ledger.PartContent;
import org.xietong.ledger.Touched;
import org.xietong.record.Trace;

/** Step 9 of the road: writes down what was asked, decided, shown, changed and answered, part by part. */
@ApplicationScoped
class ExchangeJournal {
    /** No exchange is journaled that began longer ago; {@code late_entries} in the database looks a little further back. */
    private static final Duration LONGEST = Duration.ofHours(1);

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
        requireYoung(exchange);
        Caller caller = exchange.caller();
        Trace trace = exchange.trace();
        String rule = trace.rule().orElse(exchange.operation().name());
        List<PartContent> parts = ExchangeParts.of(exchange, answer, outcome, rule);
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
                touched(trace),
                isFoundByName(exchange, outcome, rule) ? RequestMarks.named(exchange) : List.of(),
                RequestMarks.bulk(exchange));
        return new ExchangeRecord(
                exchange.id(), exchange.time(), caller.agency().name(), parts, index, nonces, body);
    }

    /** What an erasure must find again of exchanges under way is looked for as long, and no longer. */
    private static void requireYoung(Exchange exchange) {
        if (exchange.time().plus(LONGEST).isBefore(Instant.now())) {
            throw new JournalUnavailableException("the exchange took too long");
        }
    }

    /** A repeat touches nothing either; of a suspected state secret not even names stay. */
    private static boolean isFoundByName(Exchange exchange, Outcome outcome, String rule) {
        return (outcome != Outcome.PERMIT || rule.equals(WriteTransaction.REPEAT))
                && !ExchangeParts.isWithheld(exchange, Withheld.STATE_SECRET);
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
}
