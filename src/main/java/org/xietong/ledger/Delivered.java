package org.xietong.ledger;

import java.time.Instant;
import java.util.UUID;

/** A subject that was handed to a unit, and since when. */
public record Delivered(UUID subject, String unit, Instant since) {}
