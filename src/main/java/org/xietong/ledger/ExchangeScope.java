package org.xietong.ledger;

/** Whose exchanges a list may hold at most, before any filter. */
sealed interface ExchangeScope {
    /** Those that a system asked for. */
    record OfSystem(String system) implements ExchangeScope {}

    /** Those that a unit's systems asked for. */
    record OfUnit(String unit) implements ExchangeScope {}

    /** Those that disclosed or changed a unit's subjects. */
    record Touching(String ownerUnit) implements ExchangeScope {}

    /** All of them; for auditors. */
    record Everything() implements ExchangeScope {}
}
