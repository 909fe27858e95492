package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedNote;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.UnverifiedNoteException;
import org.xietong.evidence.VerifierKey;

/** The witnesses of the configuration, and how many of them a checkpoint needs. */
@Singleton
class Witnesses {
    private static final Logger LOG = Logger.getLogger(Witnesses.class);

    private final List<KnownWitness> known;
    private final Quorum quorum;

    /** @throws IllegalStateException with a message for the operator, if the configuration cannot be meant so */
    @Inject
    Witnesses(WitnessConfig config, WitnessesConfig witnesses) {
        known = known(witnesses);
        if (known.isEmpty()) {
            LOG.warn("日志没有见证人 / the log has no witnesses (xietong.witnesses)");
        } else if (config.operatorAgency().isEmpty()) {
            throw refused("缺少 xietong.witness.operator-agency", "xietong.witness.operator-agency is missing");
        }
        quorum = new Quorum(config.operatorAgency().orElse(""), config.required(), config.others());
        if (!known.isEmpty()
                && !quorum.isMet(known.stream().map(KnownWitness::agency).toList())) {
            throw refused(
                    "已配置的见证人达不到所要求的数量（运行方自己的见证人不计）",
                    "the configured witnesses cannot make the quorum (the operator's own do not count)");
        }
    }

    private static List<KnownWitness> known(WitnessesConfig config) {
        List<KnownWitness> known = new ArrayList<>();
        config.byLabel().forEach((label, one) -> {
            KnownWitness witness = new KnownWitness(
                    one.agency(),
                    one.key().stream().map(text -> key(label, text)).toList(),
                    one.url(),
                    one.monitoringUrl().or(one::url));
            requireNew(witness, known);
            known.add(witness);
        });
        return List.copyOf(known);
    }

    /** Under one name and one key there is one witness, so that none counts twice. */
    private static void requireNew(KnownWitness witness, List<KnownWitness> others) {
        boolean named = witness.keys().stream().allMatch(key -> key.name().equals(witness.name()));
        boolean isNew = others.stream()
                .noneMatch(other -> other.name().equals(witness.name())
                        || other.keys().stream()
                                .anyMatch(key -> witness.keys().stream()
                                        .anyMatch(mine -> mine.key().equals(key.key()))));
        if (!named || !isNew) {
            throw refused("见证人名称或公钥重复", "a witness's name or key stands there twice");
        }
    }

    private static VerifierKey key(String label, String text) {
        try {
            VerifierKey key = VerifierKey.parse(text);
            if (key.type() == SignatureType.COSIGNATURE_V1) {
                return key;
            }
        } catch (MalformedEvidenceException e) {
            throw refused(
                    "xietong.witnesses." + label + ".key 无法读取", "xietong.witnesses." + label + ".key cannot be read");
        }
        throw refused(
                "xietong.witnesses." + label + ".key 不是见证人公钥（cosignature/v1）",
                "xietong.witnesses." + label + ".key is not a witness's (cosignature/v1)");
    }

    private static IllegalStateException refused(String zh, String en) {
        return new IllegalStateException("见证人：" + zh + "。 / Witnesses: " + en + ".");
    }

    List<KnownWitness> known() {
        return known;
    }

    Quorum quorum() {
        return quorum;
    }

    /** Those lines that are a known witness's right cosignatures of this checkpoint; all others are left out. */
    List<NoteSignature> verified(Checkpoint checkpoint, List<NoteSignature> lines) {
        return lines.stream().filter(line -> isVerified(checkpoint, line)).toList();
    }

    private boolean isVerified(Checkpoint checkpoint, NoteSignature line) {
        List<VerifierKey> keys =
                known.stream().flatMap(witness -> witness.keys().stream()).toList();
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
        for (KnownWitness witness : known) {
            long both =
                    Math.min(store.last(witness.name(), TreeHash.SHA_256), store.last(witness.name(), TreeHash.SM3));
            covered.merge(witness.agency(), both, Math::max);
        }
        return quorum.covered(covered);
    }
}
