package org.xietong.agency;

import java.time.Instant;

/** A span of time, from {@code from} inclusive to {@code to} exclusive. */
public record Validity(Instant from, Instant to) {
    public static final Validity ALWAYS = new Validity(Instant.MIN, Instant.MAX);

    public boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
