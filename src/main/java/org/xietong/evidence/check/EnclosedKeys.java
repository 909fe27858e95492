package org.xietong.evidence.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.UnverifiedNoteException;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;

/**
 * The keys that lie beside a log: {@code vkey}, its first, {@code vkeys}, all of both trees, and {@code witnesses}, those of its witnesses, the
 * former included. A key of the log that has not signed, or is not
 * told of, is there to mislead; whether they are the right ones, the reader must know from elsewhere.
 */
record EnclosedKeys(List<VerifierKey> first, List<VerifierKey> every, List<WitnessKey> witnesses) {
    private static final int MOST_BYTES = 64 * 1024;
    private static final String VKEY = "vkey";
    private static final String VKEYS = "vkeys";
    private static final String WITNESSES = "witnesses";

    static EnclosedKeys read(LogFiles files) throws FaultException {
        List<VerifierKey> first = read(files, VKEY);
        List<VerifierKey> every = read(files, VKEYS);
        Optional<byte[]> witnesses = files.read(WITNESSES, MOST_BYTES);
        return new EnclosedKeys(
                first, every, witnesses.isPresent() ? parseWitnesses(witnesses.get(), WITNESSES) : List.of());
    }

    private static List<VerifierKey> read(LogFiles files, String name) throws FaultException {
        Optional<byte[]> lines = files.read(name, MOST_BYTES);
        return lines.isPresent() ? parse(lines.get(), name) : List.of();
    }

    /** One verifier key a line, each line ended, no key twice. */
    static List<VerifierKey> parse(byte[] lines, String file) throws FaultException {
        String text = new String(lines, StandardCharsets.UTF_8);
        List<VerifierKey> keys = new ArrayList<>();
        try {
            for (String line : text.split("\n", -1)) {
                if (!line.isEmpty()) {
                    keys.add(VerifierKey.parse(line));
                }
            }
        } catch (java.io.IOException e) {
            throw new FaultException(Fault.MALFORMED, file);
        }
        StringBuilder again = new StringBuilder();
        keys.forEach(key -> again.append(key).append('\n'));
        if (keys.isEmpty()
                || keys.stream().distinct().count() != keys.size()
                || !again.toString().equals(text)) {
            throw new FaultException(Fault.MALFORMED, file);
        }
        return keys;
    }

    /** One witness's key a line, as {@link WitnessKey} writes it, each line ended, no key twice; perhaps none. */
    static List<WitnessKey> parseWitnesses(byte[] lines, String file) throws FaultException {
        String text = new String(lines, StandardCharsets.UTF_8);
        List<WitnessKey> keys = new ArrayList<>();
        try {
            for (String line : text.isEmpty() ? new String[0] : text.split("\n", -1)) {
                if (!line.isEmpty()) {
                    keys.add(WitnessKey.parse(line));
                }
            }
        } catch (java.io.IOException e) {
            throw new FaultException(Fault.MALFORMED, file);
        }
        StringBuilder again = new StringBuilder();
        keys.forEach(key -> again.append(key).append('\n'));
        if (keys.stream().map(WitnessKey::key).distinct().count() != keys.size()
                || !again.toString().equals(text)) {
            throw new FaultException(Fault.MALFORMED, file);
        }
        return keys;
    }

    List<VerifierKey> all() {
        return Stream.concat(first.stream(), every.stream()).distinct().toList();
    }

    void requireThatTheySigned(SignedCheckpoint sha256, SignedCheckpoint sm3) throws FaultException {
        require(first.isEmpty() || signed(sha256, first) == first.size(), VKEY);
        if (!every.isEmpty()) {
            long signatures = own(sha256) + own(sm3);
            require(signed(sha256, every) + signed(sm3, every) == signatures && signatures == every.size(), VKEYS);
        }
    }

    private static long own(SignedCheckpoint checkpoint) {
        return checkpoint.note().signatures().stream()
                .map(NoteSignature::name)
                .filter(checkpoint.checkpoint().origin()::equals)
                .count();
    }

    private static long signed(SignedCheckpoint checkpoint, List<VerifierKey> keys) {
        try {
            return checkpoint.note().verify(keys).signatures().size();
        } catch (UnverifiedNoteException | IllegalArgumentException e) {
            return -1;
        }
    }

    private static void require(boolean holds, String file) throws FaultException {
        if (!holds) {
            throw new FaultException(Fault.KEY_DIFFERS, file);
        }
    }
}
