package org.xietong.record;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may wait at the feed, at one replica. A waiting request holds a virtual thread and its connection to us, none to the database. */
@ConfigMapping(prefix = "xietong.feed")
public interface FeedConfig {
    /** Requests of one unit that may wait at once. */
    @WithDefault("8")
    int waitingPerUnit();

    /** Requests of all units that may wait at once. */
    @WithDefault("1000")
    int waiting();
}
