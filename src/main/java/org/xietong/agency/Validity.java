package org.xietong.agency;

import java.time.Instant;

/** A span of time, from {@code from} inclusive to {@code to} exclusive; {@link #ALWAYS} has the open bounds. */
public record Validity(Instant from, Instant to) {
    public static final Validity ALWAYS = new Validity(Instant.MIN, Instant.MAX);

    public boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    /** Whether it contains any moment. */
    boolean isSomeTime() {
        return from.isBefore(to);
    }

    /** The time that both contain; none if they do not meet. */
    Validity within(Validity other) {
        return new Validity(from.isBefore(other.from) ? other.from : from, to.isBefore(other.to) ? to : other.to);
    }
}
