package org.xietong.evidence.check;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;

/**
 * Whom the reader trusts, and his clock.
 *
 * @param keys of the log, under the name of its SHA-256 tree; those of the other tree follow from them. Empty: those in the
 *     evidence are taken, and the report says so
 * @param witnesses keys whose cosignatures count, each in its time; keys of one name are one witness
 * @param quorum how many of the witnesses must have cosigned
 * @param roots of certificates; empty: those in the evidence are taken, and the report says so
 * @param platform key ids of the certificates that the platform signs manifests and answers by, former ones too. Empty: whoever the roots
 *     certify may have signed them, and the report says so
 * @param now when the certificates are looked at
 */
public record Trust(
        List<VerifierKey> keys,
        List<WitnessKey> witnesses,
        int quorum,
        List<X509Certificate> roots,
        Set<String> platform,
        Instant now) {
    /** @throws IllegalArgumentException if the quorum is negative or larger than the number of witnesses */
    public Trust {
        keys = List.copyOf(keys);
        witnesses = List.copyOf(witnesses);
        roots = List.copyOf(roots);
        platform = Set.copyOf(platform);
        if (quorum < 0 || quorum > number(witnesses)) {
            throw new IllegalArgumentException("a quorum of more witnesses than there are");
        }
    }

    /** Names no certificate of the platform. */
    public Trust(
            List<VerifierKey> keys, List<WitnessKey> witnesses, int quorum, List<X509Certificate> roots, Instant now) {
        this(keys, witnesses, quorum, roots, Set.of(), now);
    }

    /** How many witnesses there are, however many keys each had. */
    public static int number(List<WitnessKey> witnesses) {
        return (int) witnesses.stream().map(WitnessKey::name).distinct().count();
    }

    /** Trusts nobody beforehand. */
    public static Trust none(Instant now) {
        return new Trust(List.of(), List.of(), 0, List.of(), now);
    }
}
