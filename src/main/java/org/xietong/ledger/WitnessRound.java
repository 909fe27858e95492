package org.xietong.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.xietong.evidence.AddCheckpoint;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.ConsistencyProof;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;

/**
 * Submits one checkpoint to all witnesses that take submissions, at once and of both trees, so that it gets their
 * cosignatures together. Who does not answer is asked in the next round, with a proof from what he last cosigned.
 */
final class WitnessRound {
    /** A witness that looks by itself may have gone on between two answers. */
    private static final int AGAIN = 3;

    private final Witnesses witnesses;
    private final WitnessStore store;
    private final WitnessClient client;
    private final Consumer<WitnessAlarm> alarm;
    private final Proofs proofs;
    private final AtomicBoolean kept = new AtomicBoolean();

    /** Takes what a witness shows as a checkpoint of our log. */
    interface Proofs {
        void shown(String witness, SignedCheckpoint checkpoint) throws SQLException;
    }

    /**
     * @param alarm told of what a witness has against our log, each time
     * @param proofs given what the witness shows for it
     */
    WitnessRound(
            Witnesses witnesses,
            WitnessStore store,
            WitnessClient client,
            Consumer<WitnessAlarm> alarm,
            Proofs proofs) {
        this.witnesses = witnesses;
        this.store = store;
        this.client = client;
        this.alarm = alarm;
        this.proofs = proofs;
    }

    /** @return how many submissions failed, for whatever reason */
    int run() throws SQLException, IOException, InterruptedException {
        Optional<SignedHead> newest = store.newest();
        if (newest.isEmpty()) {
            return 0;
        }
        int failed = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> asked = new ArrayList<>();
            for (KnownWitness witness : witnesses.known()) {
                for (TreeHash tree : TreeHash.values()) {
                    if (witness.url().isPresent() && !witnesses.keys(witness).isEmpty()) {
                        asked.add(threads.submit(() -> ask(witness, tree, newest.get())));
                    }
                }
            }
            for (Future<Boolean> one : asked) {
                failed += succeeded(one) ? 0 : 1;
            }
        }
        if (kept.getAndSet(false)) {
            store.cosigned(newest.get().size(), witnesses);
        }
        return failed;
    }

    private static boolean succeeded(Future<Boolean> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            return false;
        }
    }

    private boolean ask(KnownWitness witness, TreeHash tree, SignedHead head)
            throws SQLException, IOException, InterruptedException {
        long last = witnesses.last(store, witness, tree);
        if (last >= head.size()) {
            return true;
        }
        SignedCheckpoint checkpoint = head.checkpoint(tree);
        WitnessClient.Answer answer = submit(witness, tree, last, checkpoint);
        for (int again = 0;
                again < AGAIN
                        && answer instanceof WitnessClient.Answer.Conflict conflict
                        && conflict.size() <= head.size()
                        && conflict.size() != last;
                again++) {
            last = conflict.size();
            answer = submit(witness, tree, last, checkpoint);
        }
        return switch (answer) {
            case WitnessClient.Answer.Cosigned cosigned -> keep(tree, checkpoint.checkpoint(), cosigned.lines());
            case WitnessClient.Answer.Conflict conflict ->
                contradicted(witness, tree, checkpoint, last, conflict.size());
            case WitnessClient.Answer.Unproved no -> {
                raise(
                        witness,
                        checkpoint,
                        new WitnessAlarm(witness.name(), tree, WitnessAlarm.Kind.REFUSED, head.size(), last));
                yield false;
            }
        };
    }

    private WitnessClient.Answer submit(KnownWitness witness, TreeHash tree, long from, SignedCheckpoint checkpoint)
            throws SQLException, IOException, InterruptedException {
        ConsistencyProof proof = store.proof(tree, from, checkpoint.checkpoint().size());
        return client.submit(witness.url().orElseThrow(), new AddCheckpoint(proof, checkpoint));
    }

    private boolean keep(TreeHash tree, Checkpoint checkpoint, List<NoteSignature> lines)
            throws SQLException, IOException {
        List<NoteSignature> verified = witnesses.verified(checkpoint, lines);
        for (NoteSignature line : verified) {
            store.keep(checkpoint.size(), tree, line);
            kept.set(true);
        }
        return !verified.isEmpty();
    }

    /**
     * The witness may have looked by itself meanwhile, and another replica published and submitted more: it contradicts us only where
     * it refuses our root at the very size that we started from, or knows more than we have now.
     */
    private boolean contradicted(
            KnownWitness witness, TreeHash tree, SignedCheckpoint ours, long from, long witnessSize)
            throws SQLException, IOException, InterruptedException {
        long ourSize = ours.checkpoint().size();
        if (witnessSize == ourSize && from == ourSize) {
            raise(witness, ours, new WitnessAlarm(witness.name(), tree, WitnessAlarm.Kind.FORK, ourSize, witnessSize));
        } else if (store.newest().map(SignedHead::size).orElse(0L) < witnessSize) {
            raise(witness, ours, new WitnessAlarm(witness.name(), tree, WitnessAlarm.Kind.AHEAD, ourSize, witnessSize));
        }
        return false;
    }

    /** What it says is an alarm; what it can show beside that is for {@link RestoreGuard} to judge. */
    private void raise(KnownWitness witness, SignedCheckpoint ours, WitnessAlarm raised)
            throws SQLException, IOException, InterruptedException {
        alarm.accept(raised);
        Optional<SignedCheckpoint> shown = client.latest(
                witness.monitoring().orElseThrow(), ours.checkpoint().origin());
        if (shown.isPresent()) {
            proofs.shown(witness.name(), shown.get());
        }
    }
}
