package org.xietong.witness;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xietong.evidence.AddCheckpoint;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.SignedCheckpoint;

/**
 * One log under watch. Checkpoints are taken one after the other, and what is cosigned is on disk before anybody has
 * the cosignature: so no two checkpoints under it contradict each other, whatever fails. Thread-safe.
 */
final class LogWatch {
    private static final int REMEMBERED = 256;

    private final WatchedLog log;
    private final Cosigner cosigner;
    private final StateFolder state;
    private final ProofFolder proofs;
    private final Consumer<Finding> alarm;
    private final InstantSource clock;
    private final Map<Finding.Kind, Long> findings = new EnumMap<>(Finding.Kind.class);
    private final Set<Finding.Kind> suspected = EnumSet.noneOf(Finding.Kind.class);
    private final Map<Long, SignedCheckpoint> cosigned = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SignedCheckpoint> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final AtomicLong failedLooks = new AtomicLong();
    private @Nullable SignedCheckpoint latest;
    private boolean failing;

    /** @throws IOException if the state of this log cannot be read */
    LogWatch(
            WatchedLog log,
            Cosigner cosigner,
            StateFolder state,
            ProofFolder proofs,
            Consumer<Finding> alarm,
            InstantSource clock)
            throws IOException {
        this.log = log;
        this.cosigner = cosigner;
        this.state = state;
        this.proofs = proofs;
        this.alarm = alarm;
        this.clock = clock;
        this.latest = state.latest(log.origin()).orElse(null);
        if (latest != null) {
            cosigned.put(latest.checkpoint().size(), latest);
        }
    }

    WatchedLog log() {
        return log;
    }

    synchronized Optional<SignedCheckpoint> latest() {
        return Optional.ofNullable(latest);
    }

    /** The log could not be looked at, or did not take a cosignature. */
    void lookFailed() {
        failedLooks.incrementAndGet();
    }

    long failedLooks() {
        return failedLooks.get();
    }

    /** How many checkpoints were found to be of this kind since the start. */
    synchronized long found(Finding.Kind kind) {
        return findings.getOrDefault(kind, 0L);
    }

    /**
     * Whether the log needs a person: forked for good, or suspected until it has gone on consistently, or its state cannot
     * be written.
     */
    synchronized boolean isAlarmed() {
        try {
            return failing || !suspected.isEmpty() || proofs.holdsForkOf(log.origin());
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Decides about a checkpoint that anybody sent. Only what proves that the log forked is kept; an old checkpoint or a wrong
     * proof says nothing about the log.
     *
     * @throws IOException if the disk does not take what must not be forgotten; nothing is cosigned then
     */
    Verdict consider(AddCheckpoint request) throws IOException {
        return !log.hasSigned(request.checkpoint()) ? new Verdict.NotSigned() : watched(() -> decide(request));
    }

    /**
     * Decides about a checkpoint that was fetched from the log itself, with a proof made of its tiles: one that does not hold is the
     * log's own.
     *
     * @throws IOException as {@link #consider}
     */
    Verdict looked(AddCheckpoint request) throws IOException {
        return !log.hasSigned(request.checkpoint())
                ? new Verdict.NotSigned()
                : watched(() -> {
                    long forks = found(Finding.Kind.FORK);
                    Verdict verdict = decide(request);
                    if (verdict instanceof Verdict.Unproved && found(Finding.Kind.FORK) == forks) {
                        suspect(Finding.Kind.INCONSISTENT, request.checkpoint());
                    }
                    return verdict;
                });
    }

    /**
     * The log itself went on showing less than was cosigned, for longer than any cache keeps it.
     *
     * @param shown checked to be the log's
     * @throws IOException as {@link #consider}
     */
    void setBack(SignedCheckpoint shown) throws IOException {
        watched(() -> {
            suspect(Finding.Kind.ROLLBACK, shown);
            return new Verdict.Conflict(size());
        });
    }

    private interface Decision {
        Verdict take() throws IOException;
    }

    private synchronized Verdict watched(Decision decision) throws IOException {
        try {
            Verdict verdict = decision.take();
            failing = false;
            return verdict;
        } catch (IOException e) {
            failing = true;
            throw e;
        }
    }

    private long size() {
        SignedCheckpoint last = latest;
        return last == null ? 0 : last.checkpoint().size();
    }

    private Verdict decide(AddCheckpoint request) throws IOException {
        Checkpoint shown = request.checkpoint().checkpoint();
        long known = size();
        SignedCheckpoint then = cosigned.get(shown.size());
        if (then != null && !Arrays.equals(then.checkpoint().root(), shown.root())) {
            find(Finding.fork(then, request.checkpoint()));
            return new Verdict.Conflict(known);
        }
        if (request.proof().first() != known || shown.size() < known) {
            return new Verdict.Conflict(known);
        }
        SignedCheckpoint last = latest;
        byte[] root = last == null ? log.hash().emptyRoot() : last.checkpoint().root();
        if (request.proof().holds(log.hash(), root, shown.root())) {
            return cosign(request.checkpoint(), known);
        }
        Optional<byte[]> other = request.proof().contradicts(log.hash(), root, shown.root());
        if (last != null && other.isPresent()) {
            find(Finding.fork(last, request.checkpoint(), other.get(), request.proof()));
        }
        return new Verdict.Unproved();
    }

    private Verdict cosign(SignedCheckpoint shown, long known) throws IOException {
        List<NoteSignature> signatures =
                cosigner.cosign(shown.checkpoint(), clock.instant().getEpochSecond());
        SignedCheckpoint with = shown;
        for (NoteSignature signature : signatures) {
            with = with.with(signature);
        }
        state.keep(with);
        latest = with;
        cosigned.put(with.checkpoint().size(), with);
        if (with.checkpoint().size() > known) {
            suspected.clear();
        }
        return new Verdict.Cosigned(signatures);
    }

    private void find(Finding fork) throws IOException {
        findings.merge(Finding.Kind.FORK, 1L, Long::sum);
        if (proofs.keep(fork)) {
            alarm.accept(fork);
        }
    }

    /** It ends when the log has gone on consistently; what was found stays. */
    private void suspect(Finding.Kind kind, SignedCheckpoint shown) throws IOException {
        SignedCheckpoint last = latest;
        if (last != null) {
            Finding finding = Finding.suspicion(kind, last, shown);
            findings.merge(kind, 1L, Long::sum);
            proofs.keep(finding);
            if (suspected.add(kind)) {
                alarm.accept(finding);
            }
        }
    }
}
