package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.xietong.crypto.Reloading;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.SignedNote;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.UnverifiedNoteException;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;

/**
 * The witnesses of the configuration, and how many of them a checkpoint needs. Their keys rotate while the service runs: cosignatures are
 * taken by the keys that are listed now; what was taken by former ones counts on, by withdrawn ones no more. Thread-safe; one thread
 * refreshes.
 */
@Singleton
class Witnesses {
    private static final Logger LOG = Logger.getLogger(Witnesses.class);

    private final Reloading<List<KnownWitness>> files;
    private final ExchangedKeys exchanged;
    private final Quorum quorum;
    private boolean recorded;
    private volatile boolean ready;
    private volatile List<WitnessKey> remembered = List.of();

    /** @throws IllegalStateException with a message for the operator, if the configuration cannot be meant so */
    @Inject
    Witnesses(WitnessConfig config, WitnessesConfig witnesses, ExchangedKeys exchanged) {
        this.exchanged = exchanged;
        quorum = new Quorum(config.operatorAgency().orElse(""), config.required(), config.others());
        files = new Reloading<>(WitnessFiles.of(witnesses), () -> WitnessFiles.read(witnesses));
        List<KnownWitness> known = known();
        if (known.isEmpty()) {
            LOG.warn("日志没有见证人 / the log has no witnesses (xietong.witnesses)");
            return;
        }
        if (config.operatorAgency().isEmpty()) {
            throw WitnessFiles.refused(
                    "缺少 xietong.witness.operator-agency", "xietong.witness.operator-agency is missing");
        }
        if (!quorum.isMet(known.stream().map(KnownWitness::agency).toList())) {
            throw WitnessFiles.refused(
                    "已配置的见证人达不到所要求的数量（运行方自己的见证人不计）",
                    "the configured witnesses cannot make the quorum (the operator's own do not count)");
        }
    }

    List<KnownWitness> known() {
        return files.current();
    }

    Quorum quorum() {
        return quorum;
    }

    /** Takes exchanged files into use, keeps every key in mind, and learns which other replicas have withdrawn. */
    void refresh(WitnessStore store) throws SQLException, IOException {
        recorded &= !exchanged.look(ExchangedKeys.Kind.WITNESSES, files);
        remembered = store.record(known(), !recorded);
        recorded = true;
        ready = true;
        if (known().stream().flatMap(witness -> witness.keys().stream()).anyMatch(this::isWithdrawn)) {
            exchanged.refuse(
                    ExchangedKeys.Kind.WITNESSES,
                    "已撤销的公钥仍列为可用，不予采用 / a withdrawn key is listed as one in use, and not taken");
        }
    }

    /** Whether it is known which keys are withdrawn; before, no cosignature is taken. */
    boolean isReady() {
        return ready;
    }

    /** Whether any key was ever withdrawn, so that what was vouched for then may be no more. */
    boolean hasWithdrawn() {
        return remembered.stream().anyMatch(WitnessKey::withdrawn)
                || known().stream().anyMatch(witness -> !witness.withdrawn().isEmpty());
    }

    private boolean isWithdrawn(VerifierKey key) {
        return Stream.concat(
                        remembered.stream().filter(WitnessKey::withdrawn).map(WitnessKey::key),
                        known().stream().flatMap(witness -> witness.withdrawn().stream()))
                .anyMatch(key::equals);
    }

    /** By which its cosignatures are taken now. */
    List<VerifierKey> keys(KnownWitness witness) {
        return witness.keys().stream().filter(key -> !isWithdrawn(key)).toList();
    }

    /** What the witness cosigned last under a key that counts, as far as we know; 0 if nothing. */
    long last(WitnessStore store, KnownWitness witness, TreeHash tree) throws SQLException, IOException {
        return store.last(witness.name(), tree, counting(witness));
    }

    /** Its keys that count, in use or former: all that are not withdrawn. */
    List<VerifierKey> counting(KnownWitness witness) {
        return Stream.concat(
                        keys(witness).stream(),
                        remembered.stream()
                                .map(WitnessKey::key)
                                .filter(key -> key.name().equals(witness.name()) && !isWithdrawn(key)))
                .distinct()
                .toList();
    }

    /** Those lines that are a known witness's right cosignatures of this checkpoint; all others are left out. */
    List<NoteSignature> verified(Checkpoint checkpoint, List<NoteSignature> lines) {
        return lines.stream().filter(line -> isVerified(checkpoint, line)).toList();
    }

    private boolean isVerified(Checkpoint checkpoint, NoteSignature line) {
        List<VerifierKey> keys =
                known().stream().flatMap(witness -> keys(witness).stream()).toList();
        try {
            new SignedNote(checkpoint.text(), List.of(line)).verify(keys);
            return true;
        } catch (UnverifiedNoteException e) {
            return false;
        }
    }

    /** The largest size up to which the quorum has cosigned both trees; 0 if there is none. */
    long covered(WitnessStore store) throws SQLException, IOException {
        Map<String, Long> covered = new HashMap<>();
        for (KnownWitness witness : known()) {
            long both = Math.min(last(store, witness, TreeHash.SHA_256), last(store, witness, TreeHash.SM3));
            covered.merge(witness.agency(), both, Math::max);
        }
        return quorum.covered(covered);
    }
}
