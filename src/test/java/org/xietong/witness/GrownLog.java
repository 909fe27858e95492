package org.xietong.witness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xietong.crypto.Crypto;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.AddCheckpoint;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.Prover;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TreeHash;

/** A log over the entries "branch 0", "branch 1" …; of another branch it is a fork under the same key. */
final class GrownLog {
    static {
        Crypto.install();
    }

    static final String ORIGIN = "xietong.xianning.example/log";

    final TreeHash hash;
    final NoteSigner signer;
    private final String branch;
    private final Map<String, byte[]> nodes = new HashMap<>();

    GrownLog(TreeHash hash) {
        this(
                hash,
                "main",
                NoteSigner.of(origin(hash), SignatureType.ED25519, TestParties.signer(KeyAlgorithm.ED25519)));
    }

    private GrownLog(TreeHash hash, String branch, NoteSigner signer) {
        this.hash = hash;
        this.branch = branch;
        this.signer = signer;
    }

    static String origin(TreeHash hash) {
        return hash == TreeHash.SM3 ? ORIGIN + "/sm3" : ORIGIN;
    }

    /** The same log with other entries. */
    GrownLog forked() {
        return new GrownLog(hash, "other", signer);
    }

    GrownLog signedBy(NoteSigner other) {
        return new GrownLog(hash, branch, other);
    }

    WatchedLog watched() {
        return new WatchedLog(origin(hash), hash, List.of(signer.verifierKey()), Optional.empty());
    }

    SignedCheckpoint checkpoint(long size) throws IOException {
        return SignedCheckpoint.sign(new Checkpoint(origin(hash), size, prover().root(size)), List.of(signer));
    }

    AddCheckpoint request(long old, long size) throws IOException {
        return new AddCheckpoint(prover().consistency(old, size), checkpoint(size));
    }

    /** As the log would serve it. */
    byte[] tile(TilePath.Hashes path) {
        ByteBuffer hashes = ByteBuffer.allocate(path.width() * TreeHash.SIZE);
        for (int i = 0; i < path.width(); i++) {
            hashes.put(node(8 * path.level(), path.index() * TilePath.FULL + i));
        }
        return hashes.array();
    }

    Prover prover() {
        return new Prover(hash, this::node);
    }

    private synchronized byte[] node(int height, long index) {
        byte[] known = nodes.get(height + " " + index);
        if (known == null) {
            known = height == 0
                    ? hash.leaf((branch + ' ' + index).getBytes(StandardCharsets.UTF_8))
                    : hash.node(node(height - 1, 2 * index), node(height - 1, 2 * index + 1));
            nodes.put(height + " " + index, known);
        }
        return known;
    }
}
