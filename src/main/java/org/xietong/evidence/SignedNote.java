package org.xietong.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.xietong.evidence.MalformedEvidenceException.Fault;

/**
 * A text with signatures (c2sp.org/signed-note). The text MUST be ignored until {@link #verify} has passed.
 *
 * @param text ends in a newline; UTF-8 without control characters
 * @param signatures 1 to 100 lines
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    /** Longer notes are refused unread: enough for a hundred signatures, post-quantum ones included. */
    public static final int LONGEST = 1 << 20;

    private static final int MOST_SIGNATURES = 100;

    /** @throws IllegalArgumentException unless text and signatures are as above */
    public SignedNote {
        if (!text.endsWith("\n") || !NoteText.isText(text)) {
            throw new IllegalArgumentException("a note is text that ends in a newline");
        }
        if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
            throw new IllegalArgumentException("a note has 1 to 100 signatures");
        }
        signatures = List.copyOf(signatures);
    }

    /**
     * Reads what {@link #encode()} writes, and nothing else.
     *
     * @throws MalformedEvidenceException for everything else
     */
    public static SignedNote parse(byte[] bytes) throws MalformedEvidenceException {
        return parse(NoteText.decode(bytes, LONGEST));
    }

    static SignedNote parse(String note) throws MalformedEvidenceException {
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n") || blank + 2 == note.length()) {
            throw new MalformedEvidenceException(Fault.SYNTAX);
        }
        String[] lines = note.substring(blank + 2, note.length() - 1).split("\n", MOST_SIGNATURES + 1);
        if (lines.length > MOST_SIGNATURES) {
            throw new MalformedEvidenceException(Fault.TOO_LONG);
        }
        List<NoteSignature> signatures = new ArrayList<>(lines.length);
        for (String line : lines) {
            signatures.add(NoteSignature.parse(line));
        }
        return new SignedNote(note.substring(0, blank + 1), signatures);
    }

    public byte[] encode() {
        return NoteText.encode(string());
    }

    String string() {
        return text
                + '\n'
                + signatures.stream().map(signature -> signature.line() + '\n').collect(Collectors.joining());
    }

    /** The same text with one signature more; an earlier one of the same key goes. */
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> all = new ArrayList<>(signatures);
        all.removeIf(signature::isOfKeyOf);
        all.add(signature);
        return new SignedNote(text, all);
    }

    /**
     * Checks every line whose name and id are those of a known key; the others are skipped.
     *
     * @return which keys signed; each once, in the order of their first lines
     * @throws UnverifiedNoteException if one known key's signature is wrong, or there is none of a known key
     * @throws IllegalArgumentException if two of the known keys share name and id
     */
    public VerifiedNote verify(Collection<VerifierKey> known) throws UnverifiedNoteException {
        Map<Claim, VerifierKey> keys = byClaim(known);
        Map<VerifierKey, VerifiedNote.By> verified = new LinkedHashMap<>();
        // Each line once: whoever repeats a right one a hundred times would have it computed a hundred times.
        for (NoteSignature signature : new LinkedHashSet<>(signatures)) {
            VerifierKey key = keys.get(new Claim(signature.name(), signature.keyId()));
            if (key == null) {
                continue;
            }
            byte[] bytes = signature.signature();
            if (!key.verify(text, bytes)) {
                throw new UnverifiedNoteException(key);
            }
            verified.putIfAbsent(key, new VerifiedNote.By(key, key.time(bytes)));
        }
        if (verified.isEmpty()) {
            throw new UnverifiedNoteException();
        }
        return new VerifiedNote(text, List.copyOf(verified.values()));
    }

    /** Which key a line says that it is of. */
    private record Claim(String name, int keyId) {}

    private static Map<Claim, VerifierKey> byClaim(Collection<VerifierKey> known) {
        Map<Claim, VerifierKey> keys = new HashMap<>();
        for (VerifierKey key : known) {
            VerifierKey other = keys.put(new Claim(key.name(), key.keyId()), key);
            if (other != null && !other.equals(key)) {
                throw new IllegalArgumentException("two keys of one name and id");
            }
        }
        return keys;
    }
}
