package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xietong.crypto.Suite;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;

/**
 * The log's names and keys. Each tree is a log of its own to a verifier: its checkpoints bear its origin and two
 * signatures under that name, Ed25519 first and SM2 behind.
 */
@Singleton
public class LogSigners {
    private final String origin;
    private final List<NoteSigner> sha256;
    private final List<NoteSigner> sm3;

    /** @throws IllegalArgumentException if the origin cannot be the name of a key */
    @Inject
    public LogSigners(LogConfig config, LogKeys keys) {
        origin = config.origin();
        sha256 = signers(origin(TreeHash.SHA_256), keys);
        sm3 = signers(origin(TreeHash.SM3), keys);
    }

    private static List<NoteSigner> signers(String name, LogKeys keys) {
        return List.of(
                NoteSigner.of(name, SignatureType.ED25519, keys.logSigner(Suite.INTL)),
                NoteSigner.of(name, SignatureType.SM2, keys.logSigner(Suite.GM)));
    }

    /** Of the tree that hashes so. */
    public final String origin(TreeHash tree) {
        return switch (tree) {
            case SHA_256 -> origin;
            case SM3 -> origin + "/sm3";
        };
    }

    /** What checks this tree's checkpoints: Ed25519, then SM2. */
    public List<VerifierKey> verifierKeys(TreeHash tree) {
        return of(tree).stream().map(NoteSigner::verifierKey).toList();
    }

    /** Both heads as signed notes; they say the same size. The caller sees to it that the head is on disk. */
    SignedHead sign(LedgerHead head) {
        return new SignedHead(
                head.size(),
                sign(TreeHash.SHA_256, head.size(), head.sha256()),
                sign(TreeHash.SM3, head.size(), head.sm3()));
    }

    private String sign(TreeHash tree, long size, byte[] root) {
        Checkpoint checkpoint = new Checkpoint(origin(tree), size, root);
        return new String(SignedCheckpoint.sign(checkpoint, of(tree)).encode(), StandardCharsets.UTF_8);
    }

    private List<NoteSigner> of(TreeHash tree) {
        return switch (tree) {
            case SHA_256 -> sha256;
            case SM3 -> sm3;
        };
    }
}
