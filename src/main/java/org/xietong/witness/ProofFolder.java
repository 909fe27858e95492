package org.xietong.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.xietong.evidence.Checkpoint;

/**
 * Both signed checkpoints of each finding, to be shown to whoever will judge the log: a folder each, named for kind, log,
 * size and root, so that the same finding is kept once. A fork alarms until an operator has moved its folder away.
 */
final class ProofFolder {
    /** Of each kind; what is more is counted only, since anybody can send old checkpoints. */
    private static final int MOST = 1_000;

    private static final int ROOT_BYTES = 8;

    private final Path folder;

    ProofFolder(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
    }

    /**
     * On disk when this returns.
     *
     * @return whether it is new
     */
    boolean keep(Finding finding) throws IOException {
        Checkpoint shown = finding.shown().checkpoint();
        String kind = finding.kind() + "-";
        Path proof = folder.resolve(kind + StateFolder.name(shown.origin()) + "-" + shown.size() + "-"
                + HexFormat.of().formatHex(shown.root(), 0, ROOT_BYTES));
        if (Files.exists(proof) || count(kind) >= MOST) {
            return false;
        }
        Path next = folder.resolve(proof.getFileName() + ".next");
        Files.createDirectories(next);
        DurableFile.write(next.resolve("kept.checkpoint"), finding.kept().encode());
        DurableFile.write(next.resolve("shown.checkpoint"), finding.shown().encode());
        Files.move(next, proof);
        DurableFile.sync(folder);
        return true;
    }

    /** Whether a proved fork of this log lies here. */
    boolean holdsForkOf(String origin) throws IOException {
        return count(Finding.Kind.FORK + "-" + StateFolder.name(origin)) > 0;
    }

    private long count(String prefix) throws IOException {
        try (Stream<Path> proofs = Files.list(folder)) {
            return proofs.filter(proof -> proof.getFileName().toString().startsWith(prefix))
                    .count();
        }
    }
}
