package org.xietong.record;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That a record was handed over to a unit by an act, and what that unit did with it.
 *
 * @param copy whether it is the procuratorate's copy 抄送备案
 * @param exchange in which it was handed over
 * @param answer the unit's first act upon it
 * @param returned the unit's first act that rejects it or passes it on
 */
public record Handover(
        UUID record,
        String from,
        String to,
        boolean copy,
        Instant at,
        @Nullable UUID exchange,
        @Nullable Step answer,
        @Nullable Step returned) {

    /** One act, and the exchange that it was signed in. */
    public record Step(String act, Instant at, UUID exchange) {}
}
