package org.xietong.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How many witnesses a checkpoint needs, and how they are asked. */
@ConfigMapping(prefix = "xietong.witness")
public interface WitnessConfig {
    /** Who runs this service; its witnesses never count. Required where there are witnesses. */
    Optional<String> operatorAgency();

    /** Agencies that must have cosigned, in full ({@code PROC-421200}) or by their kind ({@code PROC}). */
    @WithDefault("PROC")
    List<String> required();

    /** How many further agencies must have. */
    @WithDefault("1")
    int others();

    /** How far apart the rounds are in which new checkpoints are submitted. */
    @WithDefault("1s")
    Duration every();

    /** How long a witness may take to answer. */
    @WithDefault("5s")
    Duration timeout();

    /** How long the start waits for what witnesses know of this log; all are asked at once. */
    @WithDefault("3s")
    Duration startTimeout();

    /** How long a checkpoint may be without its quorum before it is an alarm. */
    @WithDefault("60s")
    Duration patience();
}
