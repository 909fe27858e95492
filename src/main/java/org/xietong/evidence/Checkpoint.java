package org.xietong.evidence;

import java.util.Arrays;
import java.util.List;
import org.xietong.evidence.MalformedEvidenceException.Fault;

/**
 * The head of a log (c2sp.org/tlog-checkpoint).
 *
 * @param origin which log; a line that is not empty
 * @param size leaves of the tree
 * @param root of the tree at that size, 32 bytes
 * @param extensions further lines, none of them empty; logs of this service write none
 */
public record Checkpoint(String origin, long size, byte[] root, List<String> extensions) {
    private static final int LINES = 3;

    /** @throws IllegalArgumentException unless all parts are as above */
    public Checkpoint {
        if (!NoteText.isLine(origin) || size < 0 || !extensions.stream().allMatch(NoteText::isLine)) {
            throw new IllegalArgumentException("not a checkpoint");
        }
        root = Hashes.check(root).clone();
        extensions = List.copyOf(extensions);
    }

    public Checkpoint(String origin, long size, byte[] root) {
        this(origin, size, root, List.of());
    }

    /**
     * Reads what {@link #text()} writes, and nothing else.
     *
     * @throws MalformedEvidenceException for everything else
     */
    public static Checkpoint parse(String text) throws MalformedEvidenceException {
        if (!text.endsWith("\n")) {
            throw new MalformedEvidenceException(Fault.SYNTAX);
        }
        List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        if (lines.size() < LINES || !lines.stream().allMatch(NoteText::isLine)) {
            throw new MalformedEvidenceException(Fault.SYNTAX);
        }
        return new Checkpoint(
                lines.get(0),
                NoteText.decimal(lines.get(1)),
                NoteText.hash(lines.get(2)),
                lines.subList(LINES, lines.size()));
    }

    @Override
    public byte[] root() {
        return root.clone();
    }

    /** The text of the note, with its last newline. */
    public String text() {
        StringBuilder text = new StringBuilder(origin + '\n' + size + '\n' + NoteText.base64(root) + '\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint that
                && that.origin.equals(origin)
                && that.size == size
                && Arrays.equals(that.root, root)
                && that.extensions.equals(extensions);
    }

    @Override
    public int hashCode() {
        return 31 * origin.hashCode() + Arrays.hashCode(root);
    }
}
