package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;

/**
 * Asks every witness that can be asked what it cosigned last of this log: all at once, in bounded time, until each was heard once.
 * Says nothing about whether what they show is true. Thread-safe.
 */
@Singleton
class WitnessInquiry {
    private static final Logger LOG = Logger.getLogger(WitnessInquiry.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Witnesses witnesses;
    private final LogSigners log;
    private final Duration timeout;
    private final Set<String> doubted = ConcurrentHashMap.newKeySet();
    private volatile List<KnownWitness> unheard;
    private long asked;

    /** @param witness name of its key */
    record Shown(String witness, SignedCheckpoint checkpoint) {}

    @Inject
    WitnessInquiry(Witnesses witnesses, LogSigners log, WitnessConfig config) {
        this.witnesses = witnesses;
        this.log = log;
        this.timeout = config.startTimeout();
        this.unheard = witnesses.known().stream()
                .filter(witness -> witness.monitoring().isPresent())
                .toList();
    }

    /** Names of those that have not been heard since the start. */
    List<String> unheard() {
        return unheard.stream().map(KnownWitness::name).toList();
    }

    /** Asks all that were not heard yet. Who does not answer stops nothing, and is told of. */
    synchronized List<Shown> ask() {
        if (unheard.isEmpty()) {
            return List.of();
        }
        boolean first = asked == 0;
        asked = System.nanoTime();
        Set<KnownWitness> silent = new LinkedHashSet<>();
        List<Shown> shown = new ArrayList<>();
        try (WitnessClient client = new WitnessClient(timeout);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Question> questions = new ArrayList<>();
            for (KnownWitness witness : unheard) {
                for (TreeHash tree : TreeHash.values()) {
                    questions.add(new Question(
                            witness,
                            threads.submit(
                                    () -> client.latest(witness.monitoring().orElseThrow(), log.origin(tree)))));
                }
            }
            for (Question question : questions) {
                try {
                    question.answer()
                            .get()
                            .ifPresent(one ->
                                    shown.add(new Shown(question.witness().name(), one)));
                } catch (ExecutionException e) {
                    silent.add(question.witness());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
        tell(first, silent);
        unheard = List.copyOf(silent);
        return shown;
    }

    private record Question(KnownWitness witness, Future<Optional<SignedCheckpoint>> answer) {}

    private void tell(boolean first, Set<KnownWitness> silent) {
        if (first && !silent.isEmpty()) {
            String names =
                    String.join(", ", silent.stream().map(KnownWitness::name).toList());
            LOG.warnf(
                    "启动时未能询问见证人 %s：数据库是否被回退，其所知尚未核对；将继续询问"
                            + " / witnesses not heard at start: %s; what they know of this log is not compared yet, they are asked again",
                    names, names);
        } else if (!first && silent.size() < unheard.size()) {
            LOG.info("已询问到先前未应答的见证人 / witnesses that were not heard at start have been heard");
        }
    }

    /** As {@link #ask}, every few seconds at most. */
    synchronized List<Shown> askAgain() {
        return System.nanoTime() - asked < PAUSE.toNanos() ? List.of() : ask();
    }

    /** A witness showed what this log has not signed; told of once. */
    void doubt(String witness, UnrecognisedCheckpointException why) {
        if (doubted.add(witness)) {
            LOG.errorf("见证人出示的检查点不予采信 / what witness %s shows is not believed: %s", witness, why.getMessage());
        }
    }
}
