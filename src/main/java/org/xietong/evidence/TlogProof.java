package org.xietong.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.xietong.evidence.MalformedEvidenceException.Fault;

/**
 * That an entry is in a log: index, inclusion proof and signed checkpoint in one text ({@code c2sp.org/tlog-proof@v1}),
 * which is checked offline with nothing but keys. The specification speaks of SHA-256; the same form carries the proofs
 * of the SM3 tree, whose origin tells them apart.
 *
 * @param extra opaque and not authenticated; empty for none
 * @param inclusion in the tree of the checkpoint's size
 */
public record TlogProof(byte[] extra, InclusionProof inclusion, SignedCheckpoint checkpoint) {
    /** Longer texts are refused unread. */
    public static final int LONGEST = 2 * SignedNote.LONGEST;

    private static final String HEADER = "c2sp.org/tlog-proof@v1\n";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    /** No tree of a long size is higher. */
    private static final int LONGEST_PATH = 63;

    /** @throws IllegalArgumentException if the proof is for another size, or its path too long for any */
    public TlogProof {
        if (inclusion.size() != checkpoint.checkpoint().size()
                || inclusion.path().size() > LONGEST_PATH) {
            throw new IllegalArgumentException("the inclusion proof is not for the checkpoint's tree");
        }
        extra = extra.clone();
    }

    public TlogProof(InclusionProof inclusion, SignedCheckpoint checkpoint) {
        this(new byte[0], inclusion, checkpoint);
    }

    @Override
    public byte[] extra() {
        return extra.clone();
    }

    /**
     * Reads what {@link #encode()} writes, and nothing else.
     *
     * @throws MalformedEvidenceException for everything else, also if the checkpoint's tree has no such index
     */
    public static TlogProof parse(byte[] bytes) throws MalformedEvidenceException {
        String text = NoteText.decode(bytes, LONGEST);
        int blank = text.indexOf("\n\n");
        if (!text.startsWith(HEADER) || blank < HEADER.length()) {
            throw new MalformedEvidenceException(Fault.SYNTAX);
        }
        List<String> lines = List.of(text.substring(HEADER.length(), blank).split("\n", -1));
        byte[] extra = new byte[0];
        if (lines.getFirst().startsWith(EXTRA)) {
            extra = NoteText.base64(lines.getFirst().substring(EXTRA.length()));
            lines = lines.subList(1, lines.size());
            if (extra.length == 0) {
                throw new MalformedEvidenceException(Fault.SYNTAX);
            }
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX) || lines.size() > 1 + LONGEST_PATH) {
            throw new MalformedEvidenceException(Fault.SYNTAX);
        }
        long index = NoteText.decimal(lines.getFirst().substring(INDEX.length()));
        SignedCheckpoint checkpoint = SignedCheckpoint.of(SignedNote.parse(text.substring(blank + 2)));
        if (index >= checkpoint.checkpoint().size()) {
            throw new MalformedEvidenceException(Fault.NUMBER);
        }
        List<byte[]> path = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            path.add(NoteText.hash(line));
        }
        return new TlogProof(
                extra, new InclusionProof(index, checkpoint.checkpoint().size(), path), checkpoint);
    }

    public byte[] encode() {
        return NoteText.encode(HEADER
                + (extra.length == 0 ? "" : EXTRA + NoteText.base64(extra) + '\n')
                + INDEX
                + inclusion.index()
                + '\n'
                + inclusion.path().stream()
                        .map(hash -> NoteText.base64(hash) + '\n')
                        .collect(Collectors.joining())
                + '\n'
                + checkpoint.note().string());
    }

    /**
     * Whether the leaf with this hash is at the index in the tree of the checkpoint. Who signed the checkpoint is to be
     * checked beside it: {@link SignedCheckpoint#verify}.
     */
    public boolean holds(TreeHash hash, byte[] leaf) {
        return inclusion.holds(hash, leaf, checkpoint.checkpoint().root());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlogProof that && Arrays.equals(that.encode(), encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }
}
