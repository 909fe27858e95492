package org.xietong.evidence.check;

import java.util.Optional;
import org.xietong.evidence.TreeHash;

/** The two checkpoints that a log shows: a pair of one size, signed by its keys, cosigned as the reader asks. */
record SignedHeads(CheckpointCheck checkpoints, CheckpointCheck.Verified sha256, CheckpointCheck.Verified sm3) {
    static final String CHECKPOINT = "checkpoint";
    static final String SM3 = "sm3/";

    private static final int MOST_NOTE_BYTES = 1 << 20;

    static SignedHeads read(LogFiles files, Trust trust, Report report) throws FaultException {
        EnclosedKeys enclosed = EnclosedKeys.read(files);
        CheckpointCheck checkpoints = new CheckpointCheck(trust, enclosed.all(), enclosed.witnesses(), report);
        CheckpointCheck.Verified sha256 = read(files, checkpoints, TreeHash.SHA_256, CHECKPOINT);
        CheckpointCheck.Verified sm3 = read(files, checkpoints, TreeHash.SM3, SM3 + CHECKPOINT);
        checkpoints.requirePair(sha256, sm3, SM3 + CHECKPOINT);
        checkpoints.requireQuorum(sha256, CHECKPOINT);
        checkpoints.requireQuorum(sm3, SM3 + CHECKPOINT);
        enclosed.requireThatTheySigned(sha256.signed(), sm3.signed());
        return new SignedHeads(checkpoints, sha256, sm3);
    }

    long size() {
        return sha256.checkpoint().size();
    }

    private static CheckpointCheck.Verified read(
            LogFiles files, CheckpointCheck checkpoints, TreeHash tree, String path) throws FaultException {
        Optional<byte[]> note = files.read(path, MOST_NOTE_BYTES);
        if (note.isEmpty()) {
            throw new FaultException(Fault.FILE_MISSING, path);
        }
        return checkpoints.check(note.get(), tree, path);
    }
}
