package org.xietong.witness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.VerifierKey;

/** A witness at work: it takes what logs submit, and looks by itself where it is told to. Closing it ends both. */
public final class Witness implements AutoCloseable {
    private final NoteSigner signer;
    private final StateFolder state;
    private final WitnessServer server;
    private final List<Puller> pullers = new ArrayList<>();

    private Witness(NoteSigner signer, StateFolder state, WitnessServer server) {
        this.signer = signer;
        this.state = state;
        this.server = server;
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
        NoteSigner signer = NoteSigner.of(setup.name(), SignatureType.COSIGNATURE_V1, setup.signer());
        StateFolder state = StateFolder.open(setup.folder());
        try {
            ProofFolder proofs = new ProofFolder(setup.folder().resolve("proofs"));
            Map<String, LogWatch> watches = new LinkedHashMap<>();
            for (WatchedLog log : setup.logs()) {
                watches.put(log.origin(), new LogWatch(log, signer, state, proofs, alarm, clock));
            }
            Witness witness = new Witness(signer, state, WitnessServer.start(setup.listen(), watches));
            watches.values()
                    .forEach(watch ->
                            watch.log().pull().ifPresent(pull -> witness.pullers.add(Puller.start(watch, pull))));
            return witness;
        } catch (IOException | RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /** What checks its cosignatures. */
    public VerifierKey verifierKey() {
        return signer.verifierKey();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() throws IOException {
        pullers.forEach(Puller::close);
        server.close();
        state.close();
    }
}
