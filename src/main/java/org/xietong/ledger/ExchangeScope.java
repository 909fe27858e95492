package org.xietong.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Whose exchanges a list may hold at most, before any filter. */
public sealed interface ExchangeScope {
    /** Those that a system asked for. */
    record OfSystem(String system) implements ExchangeScope {}

    /** Those that a unit's systems asked for. */
    record OfUnit(String unit) implements ExchangeScope {}

    /** Those that disclosed or changed a unit's subjects. */
    record Touching(String ownerUnit) implements ExchangeScope {}

    /** All of them; for auditors. */
    record Everything() implements ExchangeScope {}

    /**
     * What an inquiry opens.
     *
     * @param agencies who asked; at least one
     * @param threads what was touched belongs to one of them; empty for any
     * @param from earliest time, inclusive
     * @param until latest time, exclusive
     */
    record Within(List<String> agencies, List<UUID> threads, Instant from, Instant until) implements ExchangeScope {
        public Within {
            agencies = List.copyOf(agencies);
            threads = List.copyOf(threads);
        }
    }
}
