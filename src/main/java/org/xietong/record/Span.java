package org.xietong.record;

import java.time.Instant;

/** A stretch of time: {@code from} inclusive, {@code until} exclusive. */
record Span(Instant from, Instant until) {}
