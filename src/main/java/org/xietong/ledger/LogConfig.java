package org.xietong.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the log promises and under which name. */
@ConfigMapping(prefix = "xietong.log")
public interface LogConfig {
    /** The log's origin (c2sp.org/tlog-checkpoint), for ever the same; the tree of SM3 has it with {@code /sm3} behind. */
    @WithDefault("${xietong.exchange.authority}/log")
    String origin();

    /** How far apart checkpoints are, at least. */
    @WithDefault("500ms")
    Duration checkpointEvery();

    /** Maximum merge delay: how long an answered exchange may stand in no published checkpoint before it is an alarm. */
    @WithDefault("10s")
    Duration mergeDelay();

    /** Past this delay nothing is answered any more until the log has caught up. */
    @WithDefault("60s")
    Duration stopAfter();

    /** Where the newest checkpoint is kept outside the database, so that a restored older one is recognised. */
    Optional<Path> outsideFolder();

    /** Files with checkpoints that witnesses keep of this log; at start the database must hold each of them too. */
    Optional<List<Path>> knownCheckpoints();

    /** Former verifier keys of this log that the database may not know, as {@code /log/vkeys} showed them. */
    Optional<List<String>> formerKeys();
}
