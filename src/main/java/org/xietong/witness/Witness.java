package org.xietong.witness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.VerifierKey;

/** A witness at work: it takes what logs submit, and looks by itself where it is told to. Closing it ends both. */
public final class Witness implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Cosigner cosigner;
    private final StateFolder state;
    private final WitnessServer server;
    private final Thread keyWatch;
    private final List<Puller> pullers = new ArrayList<>();

    private Witness(Cosigner cosigner, StateFolder state, WitnessServer server, WitnessKeys keys) {
        this.cosigner = cosigner;
        this.state = state;
        this.server = server;
        this.keyWatch = Thread.ofVirtual().name("keys").start(() -> watch(keys));
    }

    private static void watch(WitnessKeys keys) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(LOOK);
                keys.look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes the state and begins.
     *
     * @param alarm told of each finding once; both checkpoints are on disk by then
     * @throws StateInUseException if another process witnesses with this state
     * @throws IOException if the state cannot be read or the address not be had
     * @throws IllegalArgumentException if name and key cannot make a cosigner
     */
    public static Witness start(WitnessSetup setup, InstantSource clock, Consumer<Finding> alarm) throws IOException {
        Cosigner cosigner = new Cosigner(setup.name(), setup.keys());
        StateFolder state = StateFolder.open(setup.folder());
        try {
            ProofFolder proofs = new ProofFolder(setup.folder().resolve("proofs"));
            Map<String, LogWatch> watches = new LinkedHashMap<>();
            for (WatchedLog log : setup.logs()) {
                watches.put(log.origin(), new LogWatch(log, cosigner, state, proofs, alarm, clock));
            }
            Witness witness = new Witness(
                    cosigner, state, WitnessServer.start(setup.listen(), watches, setup.keys()), setup.keys());
            watches.values()
                    .forEach(watch ->
                            watch.log().pull().ifPresent(pull -> witness.pullers.add(Puller.start(watch, pull))));
            return witness;
        } catch (IOException | RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /** What checks its cosignatures; while its key rotates, of the key that is to go. */
    public VerifierKey verifierKey() {
        return verifierKeys().getFirst();
    }

    /** What checks its cosignatures: one, and while its key rotates that of the next key behind it. */
    public List<VerifierKey> verifierKeys() {
        return cosigner.signers().stream().map(NoteSigner::verifierKey).toList();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() throws IOException {
        keyWatch.interrupt();
        pullers.forEach(Puller::close);
        server.close();
        state.close();
    }
}
