package org.xietong.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Records for tests; each with nonces of its own. */
final class Records {
    static final JournalConfig CONFIG = new Config(2, 256, 4096, Duration.ofSeconds(5));

    private Records() {}

    record Config(int writers, int group, int queue, Duration patience) implements JournalConfig {}

    static ExchangeRecord any() {
        return with(List.of(nonce(), nonce()));
    }

    static ExchangeRecord with(List<NonceUse> nonces) {
        return with("R-1", nonces);
    }

    /** The rule goes to the store as it is: a NUL in it makes a record that the store refuses. */
    static ExchangeRecord with(String rule, List<NonceUse> nonces) {
        Touched touched = new Touched(UUID.randomUUID(), UUID.randomUUID(), "POLICE-421200", false);
        return record(rule, nonces, List.of(touched));
    }

    static ExchangeRecord record(String rule, List<NonceUse> nonces, List<Touched> touched) {
        ExchangeIndex index = new ExchangeIndex(
                "COURT-421200", "court-case", "o-17", "READ", "clue", Outcome.PERMIT, rule, 200, null, touched);
        List<PartContent> parts = List.of(
                PartContent.of(PartContent.REQUEST, json("request", 900)),
                PartContent.of(PartContent.PURPOSE, json("purpose", 150)),
                PartContent.of(PartContent.DECISION, json("decision", 120)),
                new PartContent(PartContent.DISCLOSED, 0, json("disclosed", 300)),
                PartContent.of(PartContent.RESPONSE, json("response", 500)));
        return new ExchangeRecord(ExchangeIds.next(), Instant.now(), "COURT", parts, index, nonces);
    }

    static NonceUse nonce() {
        return new NonceUse("k".repeat(64), UUID.randomUUID().toString(), Instant.now());
    }

    static byte[] json(String text, int length) {
        return ("{\"" + text + "\":\"" + "x".repeat(length) + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
