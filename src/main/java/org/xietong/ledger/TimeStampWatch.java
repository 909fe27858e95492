package org.xietong.ledger;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the time-stamper on every replica, beside the sequencer and never in its way; the turns in the store see to it that one asks.
 * An outage is said once, and once more when it is over.
 */
@Singleton
class TimeStampWatch {
    private static final Logger LOG = Logger.getLogger(TimeStampWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final TimeStampRows rows;
    private final TimeStampConfig config;
    private final TimeStampState state;
    private final ExchangedKeys exchanged;
    private final MeterRegistry metrics;
    private final Duration patience;
    private boolean recorded;
    private boolean untimed;
    private boolean unstored;
    private volatile @Nullable Thread watch;

    @Inject
    TimeStampWatch(
            @DataSource("sequencer") AgroalDataSource store,
            TimeStampConfig config,
            TimeStampState state,
            ExchangedKeys exchanged,
            MeterRegistry metrics,
            Witnesses witnesses) {
        this.rows = new TimeStampRows(store);
        this.config = config;
        this.state = state;
        this.exchanged = exchanged;
        this.metrics = metrics;
        this.patience = witnesses.known().isEmpty() ? Duration.ZERO : config.quorumPatience();
    }

    /** @throws IllegalStateException with a message for the operator, where the configuration is wrong */
    void begin(@Observes StartupEvent event) {
        TimeAuthorities authorities = new TimeAuthorities(config, Clock.systemUTC());
        boolean anybodyToAsk = !authorities.current().isEmpty();
        state.authorities(authorities.current().size());
        if (!anybodyToAsk) {
            LOG.info("未配置时间戳机构，检查点不带时间戳 / no time-stamp authority is configured, checkpoints stay untimed");
        }
        TimeStamper stamper = new TimeStamper(
                rows, authorities::current, config.every(), patience, config.clockDifference(), Clock.systemUTC());
        watch = Thread.ofVirtual()
                .name("time-stamps")
                .start(() -> run(stamper, anybodyToAsk ? Optional.of(authorities) : Optional.empty()));
    }

    void end(@Observes ShutdownEvent event) {
        Thread running = watch;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run(TimeStamper stamper, Optional<TimeAuthorities> authorities) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look(stamper, authorities);
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(TimeStamper stamper, Optional<TimeAuthorities> authorities) throws InterruptedException {
        try {
            if (authorities.isPresent()) {
                keep(authorities.get());
                Optional<TimeStamper.Turn> turn = stamper.turn();
                turn.ifPresent(this::say);
            }
            state.waiting(rows.waiting());
            unstored = false;
        } catch (SQLException | RuntimeException e) {
            if (!unstored) {
                LOG.warnf("checkpoints are not timed: %s", e.getClass().getName());
            }
            unstored = true;
        }
    }

    /** Certificates stay with the evidence, so that tokens verify when their authority has others; before any is asked for. */
    private void keep(TimeAuthorities authorities) throws SQLException {
        recorded &= !exchanged.look(ExchangedKeys.Kind.TIME_AUTHORITIES, authorities.files());
        if (!recorded) {
            rows.keep(authorities.current());
            recorded = true;
        }
    }

    private void say(TimeStamper.Turn turn) {
        metrics.counter("xietong.timestamp.turns", "timed", Boolean.toString(turn.timed()))
                .increment();
        boolean differed = state.clocksDiffer();
        if (turn.timed() || !turn.difference().isZero()) {
            state.difference(turn.difference());
        }
        if (state.clocksDiffer() && !differed) {
            LOG.warnf(
                    "本机时钟与时间戳机构相差 %d 秒 / this clock and a time-stamp authority's are %d seconds apart",
                    turn.difference().toSeconds(), turn.difference().toSeconds());
        }
        if (!turn.timed() && !untimed) {
            LOG.warnf(
                    "检查点 %d 未取得时间戳 / checkpoint %d is untimed: %s",
                    turn.size(), turn.size(), String.join(", ", turn.failures()));
        } else if (turn.timed() && untimed) {
            LOG.infof("检查点 %d 起恢复时间戳 / from checkpoint %d on they are timed again", turn.size(), turn.size());
        }
        untimed = !turn.timed();
    }
}
