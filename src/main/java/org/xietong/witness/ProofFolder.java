package org.xietong.witness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.xietong.evidence.AddCheckpoint;
import org.xietong.evidence.Checkpoint;

/**
 * Both signed checkpoints of each finding, to be shown to whoever will judge the log: a folder each. Of a fork, one for each two
 * roots of one size, which only the log's own key can make: none is ever left out. Of suspicions, which end, so many of each log
 * and kind. A fork alarms until an operator has moved its folder away.
 */
final class ProofFolder {
    /** Suspicions of one kind and log; what is more is counted only. */
    private static final int MOST = 100;

    private static final int ROOT_DIGITS = 32;

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
        Checkpoint kept = finding.kept().checkpoint();
        Checkpoint shown = finding.shown().checkpoint();
        String prefix = finding.kind() + "-" + StateFolder.name(shown.origin()) + "-";
        boolean fork = finding.kind() == Finding.Kind.FORK;
        Path proof = folder.resolve(prefix
                + (fork ? kept.size() : shown.size())
                + '-'
                + digits(HexFormat.of().formatHex(kept.root()))
                + '-'
                + digits(finding.otherRoot().orElse(HexFormat.of().formatHex(shown.root()))));
        if (Files.exists(proof) || (!fork && count(prefix) >= MOST)) {
            return false;
        }
        Path next = folder.resolve(proof.getFileName() + ".next");
        Files.createDirectories(next);
        DurableFile.write(next.resolve("kept.checkpoint"), finding.kept().encode());
        DurableFile.write(next.resolve("shown.checkpoint"), finding.shown().encode());
        if (finding.path().isPresent()) {
            DurableFile.write(
                    next.resolve("add-checkpoint"),
                    new AddCheckpoint(finding.path().get(), finding.shown()).encode());
        }
        Files.move(next, proof);
        DurableFile.sync(folder);
        return true;
    }

    /** Whether a proved fork of this log lies here. */
    boolean holdsForkOf(String origin) throws IOException {
        return count(Finding.Kind.FORK + "-" + StateFolder.name(origin)) > 0;
    }

    private static String digits(String root) {
        return root.substring(0, ROOT_DIGITS);
    }

    private long count(String prefix) throws IOException {
        try (Stream<Path> proofs = Files.list(folder)) {
            return proofs.filter(proof -> proof.getFileName().toString().startsWith(prefix))
                    .count();
        }
    }
}
