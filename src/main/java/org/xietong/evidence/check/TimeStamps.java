package org.xietong.evidence.check;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xietong.crypto.Pem;
import org.xietong.crypto.TimeStampException;
import org.xietong.crypto.TimeStampToken;
import org.xietong.evidence.BundlePath;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.SignedNote;

/**
 * The time-stamps of a bundle and the checkpoints that they are over: as the log signed them, before witnesses put their lines to
 * it, or as they stand.
 */
final class TimeStamps {
    private static final int MOST_TOKENS = 1_000;
    private static final int MOST_CERTIFICATE_BYTES = 256 * 1024;

    private final Map<String, byte[]> tokens = new HashMap<>();
    private final Map<String, TimeStampToken> parsed = new HashMap<>();
    private final Map<Checkpoint, Optional<Instant>> earliest = new HashMap<>();
    private final List<String> unused = new ArrayList<>();
    private final List<X509Certificate> trusted;
    private final Report report;

    /** @param trusted besides which those that the bundle holds for its authorities are taken, where the reader named none */
    TimeStamps(BundleZip zip, List<X509Certificate> trusted, boolean named, Report report) throws FaultException {
        List<X509Certificate> enclosed = authorities(zip);
        this.trusted = named
                ? trusted
                : Stream.concat(trusted.stream(), enclosed.stream()).toList();
        this.report = report;
        for (String name : zip.names().keySet()) {
            if (name.startsWith(BundlePath.TIMESTAMPS) && !name.equals(BundlePath.TIME_AUTHORITIES)) {
                if (!name.endsWith(".tsr") || tokens.size() == MOST_TOKENS) {
                    throw new FaultException(Fault.FILE_ADDED, name);
                }
                tokens.put(name, zip.read(name, TimeStampToken.MAX_BYTES));
                unused.add(name);
            }
        }
        for (Map.Entry<String, byte[]> token : tokens.entrySet()) {
            try {
                parsed.put(token.getKey(), TimeStampToken.parse(token.getValue()));
            } catch (TimeStampException e) {
                throw new FaultException(Fault.TIMESTAMP, token.getKey());
            }
        }
    }

    private static List<X509Certificate> authorities(BundleZip zip) throws FaultException {
        if (!zip.has(BundlePath.TIME_AUTHORITIES)) {
            return List.of();
        }
        try {
            return Pem.certificates(new String(
                    zip.read(BundlePath.TIME_AUTHORITIES, MOST_CERTIFICATE_BYTES), StandardCharsets.US_ASCII));
        } catch (RuntimeException e) {
            throw new FaultException(Fault.MALFORMED, BundlePath.TIME_AUTHORITIES);
        }
    }

    /** The earliest time at which an authority saw this checkpoint. */
    Optional<Instant> of(SignedCheckpoint signed) throws FaultException {
        Optional<Instant> known = earliest.get(signed.checkpoint());
        if (known == null) {
            known = look(signed);
            earliest.put(signed.checkpoint(), known);
        }
        return known;
    }

    private Optional<Instant> look(SignedCheckpoint signed) throws FaultException {
        Optional<Instant> first = Optional.empty();
        for (byte[] data : List.of(own(signed), signed.encode())) {
            for (Map.Entry<String, TimeStampToken> token : parsed.entrySet()) {
                if (token.getValue().isOver(data) && unused.remove(token.getKey())) {
                    Instant at = verified(token.getKey(), token.getValue(), data);
                    first = Optional.of(first.filter(at::isAfter).orElse(at));
                }
            }
        }
        return first;
    }

    private Instant verified(String name, TimeStampToken token, byte[] data) throws FaultException {
        try {
            token.verify(data, trusted);
        } catch (TimeStampException e) {
            throw new FaultException(Fault.TIMESTAMP, name);
        }
        report.count(Checked.TIMESTAMPS);
        return token.time().plus(token.accuracy());
    }

    /** That every token is over some checkpoint of the bundle. */
    void requireAllUsed() throws FaultException {
        if (!unused.isEmpty()) {
            throw new FaultException(
                    Fault.TIMESTAMP, unused.stream().sorted().toList().getFirst());
        }
    }

    private static byte[] own(SignedCheckpoint signed) {
        List<NoteSignature> lines = signed.note().signatures().stream()
                .filter(line -> line.name().equals(signed.checkpoint().origin()))
                .toList();
        return lines.isEmpty() ? signed.encode() : new SignedNote(signed.note().text(), lines).encode();
    }
}
