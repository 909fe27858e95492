package org.xietong.record;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where erasures are remembered beside the database. */
@ConfigMapping(prefix = "xietong.erasures")
public interface ErasureConfig {
    /**
     * A file outside the database and its back-ups, with ids and digests only: from it a restored older database is erased again
     * before it serves. One per replica.
     */
    Optional<Path> log();
}
