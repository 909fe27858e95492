package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Takes the cosignatures of witnesses that look by themselves. Nothing is stored that was not checked. */
@Singleton
public class Cosignatures {
    private static final Logger LOG = Logger.getLogger(Cosignatures.class);

    /** Those of the log, also while its keys rotate, and of a good many witnesses. */
    private static final int MOST_LINES = 32;

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

    /**
     * Stores what known witnesses signed. Anybody may call it: a signature is checked only where the checkpoint is of our log and the line
     * names a key that we know, one line for each key. What a witness cosigned and this log did not publish may prove that the
     * database was set back. Only for what a witness signed the database is asked, by connections that readers of the log do not use.
     *
     * @return the lines that were taken, each with its newline
     * @throws ProblemException {@code NOT_FOUND} if it is no checkpoint of this log, or no known witness signed it;
     *     {@code MALFORMED} with more lines than log and witnesses can have made; {@code UNAVAILABLE} when the store fails, or
     *     did not say yet which keys are withdrawn
     */
    public String deposit(SignedCheckpoint deposited) {
        Checkpoint checkpoint = deposited.checkpoint();
        if (deposited.note().signatures().size() > MOST_LINES) {
            throw new ProblemException(ProblemType.MALFORMED);
        }
        TreeHash tree = log.tree(checkpoint.origin()).orElseThrow(Cosignatures::notFound);
        List<NoteSignature> claimed = claimed(deposited.note().signatures());
        if (claimed.isEmpty()) {
            throw notFound();
        }
        if (!witnesses.isReady()) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
        List<NoteSignature> lines = witnesses.verified(checkpoint, claimed);
        if (lines.isEmpty()) {
            throw notFound();
        }
        try {
            if (!isOurs(checkpoint, tree)) {
                proofs.shown(names(lines), deposited);
                throw notFound();
            }
            for (NoteSignature line : lines) {
                store.keep(checkpoint.size(), tree, line);
            }
            store.cosigned(checkpoint.size(), witnesses);
        } catch (SQLException | IOException e) {
            LOG.warnf("a cosignature cannot be stored: %s", e.getClass().getName());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
        return lines.stream().map(line -> line.line() + "\n").collect(Collectors.joining());
    }

    private List<NoteSignature> claimed(List<NoteSignature> lines) {
        Set<String> keys = witnesses.known().stream()
                .flatMap(witness -> witnesses.keys(witness).stream())
                .map(key -> key.name() + ' ' + key.keyId())
                .collect(Collectors.toSet());
        return lines.stream()
                .filter(line -> keys.remove(line.name() + ' ' + line.keyId()))
                .toList();
    }

    private boolean isOurs(Checkpoint checkpoint, TreeHash tree) throws SQLException, IOException {
        Optional<SignedHead> ours = store.at(checkpoint.size());
        try {
            return ours.isPresent() && ours.get().checkpoint(tree).checkpoint().equals(checkpoint);
        } catch (MalformedEvidenceException e) {
            throw new CorruptLedgerException("a stored checkpoint cannot be read", e);
        }
    }

    /** All of them: a witness that looks by itself hands in the lines that it found with its own, and which is its own nobody says. */
    private static String names(List<NoteSignature> lines) {
        return lines.stream().map(NoteSignature::name).distinct().sorted().collect(Collectors.joining(", "));
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND);
    }
}
