package org.xietong.bench;

import java.util.Locale;

/**
 * The figures of one run; all but the two of proofs and the last are entries per second.
 *
 * @param journaled by 32 callers in group commits, entry, parts, index and nonces
 * @param sequenced in both trees, 256 to a transaction
 * @param checkpointed the same, and after each transaction both heads signed with both keys and stored
 * @param bare rows of an entry's size, 256 to a transaction
 * @param naive one lock held to the commit of each entry, eight clients
 * @param sha256 inclusion proofs verified per second on one core, SHA-256
 * @param sm3 the same, SM3
 * @param offline a log's folder of both trees checked whole by the offline verifier, on one core
 */
record LedgerReport(
        double journaled,
        double sequenced,
        double checkpointed,
        double bare,
        double naive,
        double sha256,
        double sm3,
        double offline,
        int entryBytes) {

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"journaled\":%.0f,\"sequenced\":%.0f,\"checkpointed\":%.0f,\"bare\":%.0f,\"naive\":%.0f,"
                        + "\"ratioBare\":%.3f,\"ratioNaive\":%.1f,\"entryBytes\":%d,"
                        + "\"proofs\":{\"sha256\":%.0f,\"sm3\":%.0f},\"offline\":%.0f}%n",
                journaled,
                sequenced,
                checkpointed,
                bare,
                naive,
                sequenced / bare,
                sequenced / naive,
                entryBytes,
                sha256,
                sm3,
                offline);
    }

    String text() {
        return line("入账 journaled, group commits of 32 callers", journaled)
                + line("定序 sequenced in both trees, 256 to a transaction", sequenced)
                + line("检查点 sequenced and checkpointed after each 256", checkpointed)
                + line("裸 PostgreSQL bare rows of " + entryBytes + " bytes, 256 to a transaction", bare)
                + line("朴素设计 naive: one lock held to each entry's commit, 8 clients", naive)
                + String.format(
                        Locale.ROOT,
                        "%n定序 sequenced / bare %.2f (≥ 0.5)   / naive %.1f (≥ 10)%n"
                                + "离线核验 offline verification, entries per second and core: %,.0f (≥ 5,000)%n"
                                + "包含证明验证 inclusion proofs verified per second and core: SHA-256 %,.0f   SM3 %,.0f%n",
                        sequenced / bare,
                        sequenced / naive,
                        offline,
                        sha256,
                        sm3);
    }

    private static String line(String what, double perSecond) {
        return String.format(Locale.ROOT, "%,10.0f /s   %s%n", perSecond, what);
    }
}
