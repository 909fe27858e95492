package org.xietong.record;

import java.time.Instant;
import java.util.UUID;
import org.xietong.agency.Caller;

/**
 * Who writes, in which exchange, at what time; the same for everything one exchange writes.
 *
 * @param at microseconds at most, as the store keeps it
 */
public record WriteContext(Caller caller, Trace trace, UUID exchange, Instant at) {}
