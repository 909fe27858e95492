package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xietong.crypto.Signer;
import org.xietong.crypto.Suite;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;

/**
 * The log's names and keys. Each tree is a log of its own to a verifier: its checkpoints bear its origin and two
 * signatures under that name, Ed25519 first and SM2 behind; while keys rotate, those of the next keys follow.
 */
@Singleton
public class LogSigners {
    private final String origin;
    private final LogKeys keys;

    /** @throws IllegalArgumentException if the origin cannot be the name of a key */
    @Inject
    public LogSigners(LogConfig config, LogKeys keys) {
        this.origin = config.origin();
        this.keys = keys;
        verifierKeys(TreeHash.SM3);
    }

    /** Of the tree that hashes so. */
    public final String origin(TreeHash tree) {
        return LogIdentity.origin(origin, tree);
    }

    /** Which of the two trees has this origin. */
    Optional<TreeHash> tree(String of) {
        return Arrays.stream(TreeHash.values())
                .filter(tree -> origin(tree).equals(of))
                .findFirst();
    }

    /** What checks this tree's checkpoints: Ed25519, then SM2; then, while keys rotate, the next ones. */
    public List<VerifierKey> verifierKeys(TreeHash tree) {
        return of(tree).stream().map(NoteSigner::verifierKey).toList();
    }

    /** The verifier keys that one of the log's certificates, present or former, stands for: one for each tree. */
    public List<VerifierKey> verifierKeys(X509Certificate certificate) {
        return LogIdentity.keys(origin, certificate);
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
        String name = origin(tree);
        List<Signer> ed25519 = keys.logSigners(Suite.INTL);
        List<Signer> sm2 = keys.logSigners(Suite.GM);
        List<NoteSigner> signers = new ArrayList<>();
        for (int i = 0; i < Math.max(ed25519.size(), sm2.size()); i++) {
            if (i < ed25519.size()) {
                signers.add(NoteSigner.of(name, SignatureType.ED25519, ed25519.get(i)));
            }
            if (i < sm2.size()) {
                signers.add(NoteSigner.of(name, SignatureType.SM2, sm2.get(i)));
            }
        }
        return signers;
    }
}
