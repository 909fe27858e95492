package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.ledger.EntryTooLargeException;
import org.xietong.ledger.JournalUnavailableException;
import org.xietong.ledger.Outcome;
import org.xietong.ledger.ReplayException;
import org.xietong.ledger.UnstorableRecordException;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Signs and journals the failure of an authenticated caller's exchange, in a transaction of its own (I3). */
@ApplicationScoped
class FailedExchanges {
    private final Sealer sealer;
    private final ExchangeJournal journal;
    private final ProblemWriter writer;

    FailedExchanges(Sealer sealer, ExchangeJournal journal, ProblemWriter writer) {
        this.sealer = sealer;
        this.journal = journal;
        this.writer = writer;
    }

    /** @param problem what the caller is told in the end */
    record Failed(ProblemException problem, SealedAnswer answer) {}

    /** The problem as it leaves, signed; whatever it was, without its entry it is a 503 without data (I3). */
    Failed journaled(Exchange exchange, ProblemException problem, @Nullable String language) {
        exchange.trace().forgetEffects();
        if (problem.type() == ProblemType.STATE_SECRET_REFUSED) {
            exchange.withhold(Exchange.Withheld.STATE_SECRET);
        } else if (problem.type() == ProblemType.ERASED && exchange.hasBody()) {
            exchange.withhold(Exchange.Withheld.ERASED);
        }
        boolean fresh = problem.type() != ProblemType.REPLAYED;
        try {
            return journaled(exchange, problem, language, fresh);
        } catch (ReplayException replayed) {
            if (problem.type() == ProblemType.OUTCOME_UNKNOWN) {
                // The lost commit took effect, and its entry with it; whoever asks again under the key is told.
                return new Failed(problem, seal(exchange, problem, language));
            }
            return journaled(exchange, new ProblemException(ProblemType.REPLAYED), language, false);
        }
    }

    private Failed journaled(Exchange exchange, ProblemException problem, @Nullable String language, boolean fresh) {
        SealedAnswer answer = seal(exchange, problem, language);
        try {
            journal.appendFailure(exchange, answer, outcome(problem.type()), fresh);
            return new Failed(problem, answer);
        } catch (JournalUnavailableException | EntryTooLargeException | UnstorableRecordException gone) {
            ProblemType type = problem.type() == ProblemType.OUTCOME_UNKNOWN
                    ? ProblemType.OUTCOME_UNKNOWN
                    : ProblemType.UNAVAILABLE;
            ProblemException without = new ProblemException(type);
            return new Failed(without, seal(exchange, without, language));
        }
    }

    private SealedAnswer seal(Exchange exchange, ProblemException problem, @Nullable String language) {
        byte[] body = writer.write(problem, Optional.of(exchange), language);
        return sealer.seal(exchange, problem.type().status(), ProblemWriter.MEDIA_TYPE, body, more(problem.type()));
    }

    /** When to ask again, where that is known: an entry gets its place and its checkpoint within seconds, and a rate is one a second. */
    private static Map<String, String> more(ProblemType type) {
        return switch (type) {
            case NOT_YET_IN_LOG, RATE_LIMITED -> Map.of("Retry-After", "1");
            default -> Map.of();
        };
    }

    private static Outcome outcome(ProblemType type) {
        return switch (type) {
            case NOT_FOUND, FORBIDDEN, VIEW_TOO_LOW, OFFICER_SIGNATURE_REQUIRED -> Outcome.DENY;
            default -> Outcome.FAIL;
        };
    }
}
