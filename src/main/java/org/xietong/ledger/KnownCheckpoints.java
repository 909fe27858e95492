package org.xietong.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.SignedCheckpoint;

/**
 * Checkpoints of this log that are kept in files, where a restore of the database does not reach: the service's own newest one, and
 * those that an operator had from witnesses, of either tree.
 */
public final class KnownCheckpoints {
    private final Optional<Path> outsideFolder;
    private final List<Path> others;

    /** @param others files, each a checkpoint as a witness keeps it */
    public KnownCheckpoints(Optional<Path> outsideFolder, List<Path> others) {
        this.outsideFolder = outsideFolder;
        this.others = List.copyOf(others);
    }

    /**
     * All of them, none where nothing was kept.
     *
     * @throws IOException with a message for the operator, if one cannot be read, is of another log, or is not signed by this one: it
     *     says nothing then, and leaving it out might open what must stay closed
     */
    List<KnownCheckpoint> read(Connection connection, LogIdentity identity) throws IOException, SQLException {
        List<KnownCheckpoint> known = new ArrayList<>();
        if (outsideFolder.isPresent()) {
            OutsideCheckpoint outside = new OutsideCheckpoint(outsideFolder.get());
            Optional<SignedCheckpoint> kept = outside.read();
            if (kept.isPresent()) {
                known.add(identity.recognise(
                        connection, kept.get(), outside.file().toString()));
            }
        }
        for (Path file : others) {
            known.add(identity.recognise(connection, read(file), file.toString()));
        }
        return known;
    }

    private static SignedCheckpoint read(Path file) throws IOException {
        try {
            return SignedCheckpoint.parse(Files.readAllBytes(file));
        } catch (MalformedEvidenceException e) {
            throw new IOException("不是检查点：" + file + " / not a checkpoint: " + file, e);
        }
    }
}
