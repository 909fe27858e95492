package org.xietong.deadline;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A part of the open deadlines in the order of their last instants.
 *
 * @param afterAt where the page before ended, with {@code afterId}
 * @param from first last instant, inclusive; {@code until} exclusive
 * @param now when rights that have passed fall out
 */
public record DeadlineRange(
        Optional<Instant> afterAt,
        Optional<UUID> afterId,
        Optional<Instant> from,
        Optional<Instant> until,
        Instant now) {}
