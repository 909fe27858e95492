package org.xietong.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who says when the log was so large, and how often he is asked. Without authorities checkpoints stay untimed. */
@ConfigMapping(prefix = "xietong.timestamps")
public interface TimeStampConfig {
    /** Asked in this order. */
    List<Authority> authorities();

    /** An authority of RFC 3161 over HTTP. */
    interface Authority {
        URI url();

        /** PEM with its own certificate, or the roots that certify it. */
        Path certificate();

        /** Whether it takes imprints of SM3; else those of the SM3 tree's notes are made with SHA-256 too. */
        @WithDefault("true")
        boolean sm3();
    }

    /** Key (PKCS#12) of the built-in authority for the demonstration, which is asked behind the others. */
    Optional<Path> builtInKey();

    /** File whose first line is that key's password. */
    Optional<Path> builtInPasswordFile();

    /** How far apart requests are, at least, over all replicas. */
    @WithDefault("60s")
    Duration every();

    /** How long a checkpoint may wait for its witnesses before the newest is timed without them. */
    @WithDefault("60s")
    Duration quorumPatience();

    /** How long one authority has for its whole answer. */
    @WithDefault("10s")
    Duration timeout();

    /** How far an authority's time may be from ours before the difference is an alarm and others are asked. */
    @WithDefault("30s")
    Duration clockDifference();

    /** How long the oldest untimed checkpoint may wait before it is an alarm. */
    @WithDefault("5m")
    Duration alarmAfter();
}
