package org.xietong.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A day's counts with the entry that states them, so that a reader can hold them against the log.
 *
 * @param position of that entry; none while it waits for one
 * @param entry its bytes exactly as stored
 * @param part the statement, whose digest stands in the entry
 */
public record StatedDay(DayCount count, UUID id, @Nullable Long position, byte[] entry, SealedPart part) {}
