package org.xietong.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.xietong.evidence.MalformedEvidenceException.Fault;

/**
 * What a log shows to a witness: a new checkpoint, and that it continues an earlier one (c2sp.org/tlog-witness,
 * {@code add-checkpoint}).
 *
 * @param proof from the size that the witness is thought to know to that of the checkpoint
 */
public record AddCheckpoint(ConsistencyProof proof, SignedCheckpoint checkpoint) {
    /** Longer requests are refused unread; there is room for the proof and for dozens of signatures. */
    public static final int LONGEST = 1 << 16;

    private static final String OLD = "old ";
    private static final int LONGEST_PROOF = 63;

    /** @throws IllegalArgumentException if the proof is for another size, or longer than any has to be */
    public AddCheckpoint {
        if (proof.second() != checkpoint.checkpoint().size() || proof.path().size() > LONGEST_PROOF) {
            throw new IllegalArgumentException("the proof is not for the checkpoint's tree");
        }
    }

    /**
     * Reads what {@link #encode()} writes, and nothing else.
     *
     * @throws MalformedEvidenceException for everything else, also if the old size is the larger
     */
    public static AddCheckpoint parse(byte[] bytes) throws MalformedEvidenceException {
        String text = NoteText.decode(bytes, LONGEST);
        int blank = text.indexOf("\n\n");
        if (blank < 0 || !text.startsWith(OLD)) {
            throw new MalformedEvidenceException(Fault.SYNTAX);
        }
        List<String> lines = List.of(text.substring(0, blank).split("\n", -1));
        if (lines.size() > 1 + LONGEST_PROOF) {
            throw new MalformedEvidenceException(Fault.TOO_LONG);
        }
        long old = NoteText.decimal(lines.getFirst().substring(OLD.length()));
        List<byte[]> path = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            path.add(NoteText.hash(line));
        }
        SignedCheckpoint checkpoint =
                SignedCheckpoint.parse(text.substring(blank + 2).getBytes(StandardCharsets.UTF_8));
        if (old > checkpoint.checkpoint().size()) {
            throw new MalformedEvidenceException(Fault.NUMBER);
        }
        return new AddCheckpoint(
                new ConsistencyProof(old, checkpoint.checkpoint().size(), path), checkpoint);
    }

    public byte[] encode() {
        return NoteText.encode(OLD
                + proof.first()
                + '\n'
                + proof.path().stream()
                        .map(hash -> NoteText.base64(hash) + '\n')
                        .collect(Collectors.joining())
                + '\n'
                + checkpoint.note().string());
    }
}
