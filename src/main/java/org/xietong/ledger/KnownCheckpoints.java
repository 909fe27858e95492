package org.xietong.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.SignedCheckpoint;

/**
 * Checkpoints of this log that are kept where a restore of the database does not reach: the service's own newest one, and those
 * that an operator had from witnesses. Of the SHA-256 tree: the other always has its size.
 */
public final class KnownCheckpoints {
    private final String origin;
    private final Optional<Path> outsideFolder;
    private final List<Path> others;

    /** @param others files, each a checkpoint as a witness keeps it */
    public KnownCheckpoints(String origin, Optional<Path> outsideFolder, List<Path> others) {
        this.origin = origin;
        this.outsideFolder = outsideFolder;
        this.others = List.copyOf(others);
    }

    /**
     * All of them, none where nothing was kept.
     *
     * @throws IOException if one cannot be read, or is of another log
     */
    public List<Checkpoint> read() throws IOException {
        List<Checkpoint> known = new ArrayList<>();
        if (outsideFolder.isPresent()) {
            new OutsideCheckpoint(outsideFolder.get()).read().ifPresent(kept -> known.add(kept.checkpoint()));
        }
        for (Path file : others) {
            try {
                known.add(SignedCheckpoint.parse(Files.readAllBytes(file)).checkpoint());
            } catch (MalformedEvidenceException e) {
                throw new IOException("not a checkpoint: " + file, e);
            }
        }
        for (Checkpoint checkpoint : known) {
            if (!checkpoint.origin().equals(origin)) {
                throw new IOException("a kept checkpoint is of another log: " + checkpoint.origin());
            }
        }
        return known;
    }
}
