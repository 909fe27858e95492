package org.xietong.evidence.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.UnverifiedNoteException;
import org.xietong.evidence.VerifiedNote;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;

/** Signatures on checkpoints: the log's own, of each kind that is known, and the witnesses'. */
final class CheckpointCheck {
    private static final String SM3 = "/sm3";

    private final Trust trust;
    private final Report report;
    private final List<VerifierKey> logKeys = new ArrayList<>();
    private final List<VerifierKey> witnesses = new ArrayList<>();
    private final Set<VerifierKey> withdrawn = new HashSet<>();

    /**
     * @param enclosed keys that came with the evidence; taken where the reader named none
     * @param enclosedWitnesses those of witnesses with their times; one that is withdrawn there counts no more, whoever names it
     */
    CheckpointCheck(Trust trust, List<VerifierKey> enclosed, List<WitnessKey> enclosedWitnesses, Report report)
            throws FaultException {
        this.trust = trust;
        this.report = report;
        List<VerifierKey> known = trust.keys();
        if (known.isEmpty()) {
            report.remark(Remark.KEYS_FROM_EVIDENCE);
            known = enclosed.stream()
                    .filter(key -> key.type() != SignatureType.COSIGNATURE_V1)
                    .toList();
        }
        Set<VerifierKey> all = new HashSet<>(known);
        known.stream().map(CheckpointCheck::ofOtherTree).forEach(all::add);
        logKeys.addAll(all);
        Stream.concat(trust.witnesses().stream(), enclosedWitnesses.stream())
                .filter(WitnessKey::withdrawn)
                .map(WitnessKey::key)
                .forEach(withdrawn::add);
        Stream<VerifierKey> named = trust.witnesses().stream().map(WitnessKey::key);
        if (trust.witnesses().isEmpty()) {
            report.remark(Remark.WITNESSES_NOT_GIVEN);
            named = Stream.concat(enclosed.stream(), enclosedWitnesses.stream().map(WitnessKey::key))
                    .filter(key -> key.type() == SignatureType.COSIGNATURE_V1);
        }
        named.filter(key -> !withdrawn.contains(key)).distinct().forEach(witnesses::add);
        if (logKeys.isEmpty()) {
            throw new FaultException(Fault.KEY_MISSING, "vkey");
        }
    }

    private static VerifierKey ofOtherTree(VerifierKey key) {
        return key.name().endsWith(SM3) ? key : VerifierKey.of(key.name() + SM3, key.type(), key.key());
    }

    /**
     * The checkpoint of that tree, signed by the log.
     *
     * @throws FaultException also if a known key's line is wrong, be it only a witness's
     */
    Verified check(byte[] note, TreeHash tree, String file) throws FaultException {
        try {
            return check(SignedCheckpoint.parse(note), tree, file);
        } catch (MalformedEvidenceException e) {
            throw new FaultException(Fault.MALFORMED, file);
        }
    }

    Verified check(SignedCheckpoint signed, TreeHash tree, String file) throws FaultException {
        Checkpoint checkpoint = signed.checkpoint();
        if ((tree == TreeHash.SM3) != checkpoint.origin().endsWith(SM3)
                || !checkpoint.extensions().isEmpty()) {
            throw new FaultException(Fault.CHECKPOINT_PAIR, file);
        }
        List<VerifierKey> own = logKeys.stream()
                .filter(key -> key.name().equals(checkpoint.origin()))
                .toList();
        VerifiedNote note = verified(signed, own, file);
        EnumSet<SignatureType> missing = EnumSet.noneOf(SignatureType.class);
        own.forEach(key -> missing.add(key.type()));
        if (missing.size() == 1) {
            report.remark(Remark.ONE_KIND_OF_KEY);
        }
        List<VerifiedNote.By> cosigned = new ArrayList<>();
        for (VerifiedNote.By by : note.signatures()) {
            missing.remove(by.key().type());
            if (by.key().type() == SignatureType.COSIGNATURE_V1) {
                cosigned.add(by);
            }
        }
        if (!missing.isEmpty() || own.isEmpty()) {
            throw new FaultException(Fault.CHECKPOINT_SIGNATURE, file);
        }
        if (signed.note().signatures().stream()
                .anyMatch(line -> withdrawn.stream()
                        .anyMatch(
                                key -> key.keyId() == line.keyId() && key.name().equals(line.name())))) {
            report.remark(Remark.WITNESS_WITHDRAWN);
        }
        report.count(Checked.CHECKPOINTS);
        report.count(Checked.COSIGNATURES, cosigned.size());
        return new Verified(signed, note, cosigned);
    }

    private VerifiedNote verified(SignedCheckpoint signed, List<VerifierKey> own, String file) throws FaultException {
        List<VerifierKey> known = new ArrayList<>(own);
        known.addAll(witnesses);
        try {
            return signed.note().verify(known);
        } catch (UnverifiedNoteException e) {
            boolean byWitness = e.wrong()
                    .filter(key -> key.type() == SignatureType.COSIGNATURE_V1)
                    .isPresent();
            throw new FaultException(byWitness ? Fault.COSIGNATURE : Fault.CHECKPOINT_SIGNATURE, file);
        } catch (IllegalArgumentException twoKeysOfOneName) {
            throw new FaultException(Fault.KEY_DIFFERS, file);
        }
    }

    /** That the two speak of one log at one size. */
    void requirePair(Verified sha256, Verified sm3, String file) throws FaultException {
        if (!sm3.checkpoint().origin().equals(sha256.checkpoint().origin() + SM3)
                || sm3.checkpoint().size() != sha256.checkpoint().size()) {
            throw new FaultException(Fault.CHECKPOINT_PAIR, file);
        }
    }

    /** That enough of the reader's witnesses have cosigned. */
    void requireQuorum(Verified checkpoint, String file) throws FaultException {
        if (cosigned(checkpoint).size() < trust.quorum()) {
            throw new FaultException(Fault.QUORUM, file);
        }
    }

    /** When as many of the reader's witnesses as he asks for had seen it; empty if he asks for none. */
    Optional<Instant> seenByQuorum(Verified checkpoint) {
        List<Long> times = cosigned(checkpoint).values().stream().sorted().toList();
        return trust.quorum() > 0 && times.size() >= trust.quorum()
                ? Optional.of(
                        Instant.ofEpochSecond(Math.min(times.get(trust.quorum() - 1), Instant.MAX.getEpochSecond())))
                : Optional.empty();
    }

    /** When each of the reader's witnesses first cosigned under a key that counts; two keys of one do not make two. */
    private Map<String, Long> cosigned(Verified checkpoint) {
        Map<String, Long> first = new HashMap<>();
        for (VerifiedNote.By by : checkpoint.cosigned()) {
            long time = by.time().orElseThrow();
            if (trust.witnesses().stream()
                    .anyMatch(witness -> witness.key().equals(by.key()) && witness.countsAt(time))) {
                first.merge(by.key().name(), time, Math::min);
            }
        }
        return first;
    }

    /** A checkpoint that the log has signed. */
    record Verified(SignedCheckpoint signed, VerifiedNote note, List<VerifiedNote.By> cosigned) {
        Checkpoint checkpoint() {
            return signed.checkpoint();
        }
    }
}
