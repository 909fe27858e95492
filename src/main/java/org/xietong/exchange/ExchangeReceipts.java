package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.xietong.agency.Caller;
import org.xietong.evidence.TlogProof;
import org.xietong.evidence.TreeHash;
import org.xietong.ledger.Receipts;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Download;
import org.xietong.record.Trace;

/**
 * Gives whoever may open an exchange the proof that the log holds its entry. It tells the entry's place: by asking about each of his own,
 * a reader learns how many entries of all stand between them, as the sizes of the public checkpoints tell anyway.
 */
@ApplicationScoped
public class ExchangeReceipts {
    public static final String MEDIA_TYPE = "text/plain; charset=utf-8";

    private final ExchangeReading exchanges;
    private final Receipts receipts;

    ExchangeReceipts(ExchangeReading exchanges, Receipts receipts) {
        this.exchanges = exchanges;
        this.receipts = receipts;
    }

    /**
     * A {@code c2sp.org/tlog-proof@v1}, by the checkpoint that is best vouched for ({@link Receipts}).
     *
     * @throws ProblemException as {@link ExchangeReading#open}; NOT_YET_IN_LOG while no checkpoint holds the entry
     */
    public Download of(Caller caller, Trace trace, Instant now, UUID id, TreeHash tree) {
        exchanges.opened(caller, trace, now, id);
        trace.decided("JOURNAL_RECEIPT", "-");
        TlogProof proof = receipts.of(id, tree).orElseThrow(() -> new ProblemException(ProblemType.NOT_YET_IN_LOG));
        String name = id + (tree == TreeHash.SM3 ? "-sm3" : "") + ".tlog-proof";
        return Download.of(MEDIA_TYPE, name, proof.encode());
    }
}
