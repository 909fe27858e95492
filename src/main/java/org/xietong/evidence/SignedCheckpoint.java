package org.xietong.evidence;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checkpoint with its signatures, as it is published and kept.
 *
 * @param checkpoint what the note's text says; MUST NOT be believed until {@link #verify} has passed
 */
public record SignedCheckpoint(Checkpoint checkpoint, SignedNote note) {
    /** @throws IllegalArgumentException if the note's text is not that of the checkpoint */
    public SignedCheckpoint {
        if (!checkpoint.text().equals(note.text())) {
            throw new IllegalArgumentException("the note is of another checkpoint");
        }
    }

    /** The checkpoint under the signatures of a log's keys. */
    public static SignedCheckpoint sign(Checkpoint checkpoint, List<NoteSigner> signers) {
        List<NoteSignature> signatures =
                signers.stream().map(signer -> signer.sign(checkpoint)).toList();
        return new SignedCheckpoint(checkpoint, new SignedNote(checkpoint.text(), signatures));
    }

    /** @throws MalformedEvidenceException unless it is a signed note whose text is a checkpoint */
    public static SignedCheckpoint parse(byte[] bytes) throws MalformedEvidenceException {
        return of(SignedNote.parse(bytes));
    }

    static SignedCheckpoint of(SignedNote note) throws MalformedEvidenceException {
        return new SignedCheckpoint(Checkpoint.parse(note.text()), note);
    }

    public byte[] encode() {
        return note.encode();
    }

    /** With one signature more, e.g. a witness's. */
    public SignedCheckpoint with(NoteSignature signature) {
        return new SignedCheckpoint(checkpoint, note.with(signature));
    }

    /**
     * Checks the signatures of the log and of further known keys, e.g. witnesses'.
     *
     * @param log one of the log's keys, which must have signed
     * @throws UnverifiedNoteException also if that key has not signed
     * @throws IllegalArgumentException as {@link SignedNote#verify} says
     */
    public VerifiedNote verify(VerifierKey log, Collection<VerifierKey> others) throws UnverifiedNoteException {
        VerifiedNote verified = note.verify(
                Stream.concat(Stream.of(log), others.stream()).distinct().toList());
        if (!verified.isSignedBy(log)) {
            throw new UnverifiedNoteException();
        }
        return verified;
    }
}
