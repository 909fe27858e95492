package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Takes the cosignatures of witnesses that look by themselves. Nothing is stored that was not checked. */
@Singleton
public class Cosignatures {
    private static final Logger LOG = Logger.getLogger(Cosignatures.class);

    private final Witnesses witnesses;
    private final WitnessStore store;
    private final LogSigners log;
    private final WitnessRound.Proofs proofs;

    @Inject
    Cosignatures(Witnesses witnesses, WitnessStore store, LogSigners log, RestoreGuard restored) {
        this(witnesses, store, log, restored::show);
    }

    /** @param proofs given what a witness cosigned and this log did not publish */
    Cosignatures(Witnesses witnesses, WitnessStore store, LogSigners log, WitnessRound.Proofs proofs) {
        this.witnesses = witnesses;
        this.store = store;
        this.log = log;
        this.proofs = proofs;
    }

    /** What checks cosignatures, of all configured witnesses. */
    public List<VerifierKey> witnessKeys() {
        return witnesses.known().stream()
                .flatMap(witness -> witness.keys().stream())
                .toList();
    }

    /**
     * Stores what known witnesses signed.
     *
     * @return the lines that were taken, each with its newline
     * @throws ProblemException {@code NOT_FOUND} if it is no checkpoint of this log, or no known witness signed it
     */
    public String deposit(SignedCheckpoint deposited) {
        Checkpoint checkpoint = deposited.checkpoint();
        List<NoteSignature> lines =
                witnesses.verified(checkpoint, deposited.note().signatures());
        Optional<TreeHash> tree = log.tree(checkpoint.origin());
        if (lines.isEmpty() || tree.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        try {
            Optional<SignedHead> ours = store.at(checkpoint.size());
            if (ours.isEmpty()
                    || !ours.get().checkpoint(tree.get()).checkpoint().equals(checkpoint)) {
                proofs.shown(lines.getFirst().name(), deposited);
                throw new ProblemException(ProblemType.NOT_FOUND);
            }
            for (NoteSignature line : lines) {
                store.keep(checkpoint.size(), tree.get(), line);
            }
            store.cosigned(checkpoint.size(), witnesses);
        } catch (MalformedEvidenceException e) {
            throw new CorruptLedgerException("a stored checkpoint cannot be read", e);
        } catch (SQLException | IOException e) {
            LOG.warnf("a cosignature cannot be stored: %s", e.getClass().getName());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
        return lines.stream().map(line -> line.line() + "\n").collect(Collectors.joining());
    }
}
