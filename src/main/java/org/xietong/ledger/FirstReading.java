package org.xietong.ledger;

import java.time.Instant;
import java.util.UUID;

/** The first exchange of a unit that disclosed a subject to it since that was delivered. */
public record FirstReading(UUID subject, String unit, UUID exchange, Instant at) {}
