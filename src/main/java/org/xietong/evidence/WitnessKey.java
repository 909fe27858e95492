package org.xietong.evidence;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.xietong.evidence.MalformedEvidenceException.Fault;

/**
 * A witness's key and for which cosignatures it counts. One line: the verifier key alone; or {@code <vkey> until <time>}, of a key that
 * was replaced and counts for what it cosigned by then; or {@code <vkey> withdrawn}, of one that somebody else may have, which never
 * counts, since who has it writes whatever time he likes.
 *
 * @param key of type cosignature/v1; all keys of one witness have one name
 */
public record WitnessKey(VerifierKey key, Optional<Instant> until, boolean withdrawn) {
    private static final String UNTIL = "until ";
    private static final String WITHDRAWN = "withdrawn";

    /** @throws IllegalArgumentException if it is no witness's key, or is withdrawn and counts until a time */
    public WitnessKey {
        if (key.type() != SignatureType.COSIGNATURE_V1 || (withdrawn && until.isPresent())) {
            throw new IllegalArgumentException("not the key of a witness");
        }
    }

    /** In use. */
    public static WitnessKey of(VerifierKey key) {
        return new WitnessKey(key, Optional.empty(), false);
    }

    /** Replaced by another at that time. */
    public static WitnessKey former(VerifierKey key, Instant until) {
        return new WitnessKey(key, Optional.of(until), false);
    }

    /** Perhaps in somebody else's hands. */
    public static WitnessKey withdrawn(VerifierKey key) {
        return new WitnessKey(key, Optional.empty(), true);
    }

    /**
     * Reads what {@link #toString()} writes, and nothing else.
     *
     * @throws MalformedEvidenceException also if the key is not a witness's
     */
    public static WitnessKey parse(String line) throws MalformedEvidenceException {
        int space = line.indexOf(' ');
        VerifierKey key = VerifierKey.parse(space < 0 ? line : line.substring(0, space));
        String rest = space < 0 ? "" : line.substring(space + 1);
        if (key.type() != SignatureType.COSIGNATURE_V1) {
            throw new MalformedEvidenceException(Fault.KEY);
        }
        WitnessKey parsed = rest.equals(WITHDRAWN)
                ? withdrawn(key)
                : new WitnessKey(key, rest.startsWith(UNTIL) ? Optional.of(time(rest)) : Optional.empty(), false);
        if (!parsed.toString().equals(line)) {
            throw new MalformedEvidenceException(Fault.SYNTAX);
        }
        return parsed;
    }

    private static Instant time(String rest) throws MalformedEvidenceException {
        try {
            return Instant.parse(rest.substring(UNTIL.length()));
        } catch (DateTimeException e) {
            throw new MalformedEvidenceException(Fault.SYNTAX);
        }
    }

    /** The witness. */
    public String name() {
        return key.name();
    }

    /** @param time seconds since the epoch, as a cosignature states it */
    public boolean countsAt(long time) {
        return !withdrawn
                && until.map(Instant::getEpochSecond).filter(end -> time > end).isEmpty();
    }

    @Override
    public String toString() {
        return key
                + (withdrawn ? " " + WITHDRAWN : "")
                + until.map(end -> " " + UNTIL + end).orElse("");
    }
}
