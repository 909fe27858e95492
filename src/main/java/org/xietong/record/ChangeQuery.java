package org.xietong.record;

import java.time.Duration;
import java.util.Optional;

/**
 * What a reader of the feed asks for.
 *
 * @param limit 1 to {@value RecordQuery#MOST}
 * @param patience how long to wait while there is nothing to tell, at most {@link #LONGEST}
 * @param held whether to say what he must hold
 */
public record ChangeQuery(Optional<String> after, int limit, Duration patience, boolean held) {
    /** Below the time after which gateways and clients give up a silent connection (60 s). */
    public static final Duration LONGEST = Duration.ofSeconds(30);
}
