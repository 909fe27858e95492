package org.xietong.exchange;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.xietong.ledger.EntryTooLargeException;
import org.xietong.ledger.JournalUnavailableException;
import org.xietong.ledger.Outcome;
import org.xietong.ledger.ReplayException;
import org.xietong.ledger.UnstorableRecordException;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Lets answers out: a sealed one as it is; a failure of an authenticated caller signed and journaled first (I3); any
 * other plain. Whatever goes wrong here leaves as a 503 without data.
 */
class AnswerFilter {
    private final CurrentExchange current;
    private final Sealer sealer;
    private final ExchangeJournal journal;
    private final ProblemWriter writer;
    private final Failures failures;

    AnswerFilter(
            CurrentExchange current, Sealer sealer, ExchangeJournal journal, ProblemWriter writer, Failures failures) {
        this.current = current;
        this.sealer = sealer;
        this.journal = journal;
        this.writer = writer;
        this.failures = failures;
    }

    @ServerResponseFilter(priority = Integer.MIN_VALUE)
    public void answer(ContainerRequestContext request, ContainerResponseContext response) {
        Optional<Exchange> exchange = current.find();
        Optional<SealedAnswer> sealed = exchange.flatMap(Exchange::answer);
        if (sealed.isPresent()) {
            send(response, sealed.get());
            return;
        }
        ProblemException problem;
        if (response.getEntity() instanceof ProblemException stated) {
            problem = stated;
        } else if (exchange.isPresent()) {
            problem = new ProblemException(ProblemType.INTERNAL);
        } else {
            return;
        }
        String language = request.getHeaderString("Accept-Language");
        if (exchange.isPresent() && exchange.get().isAuthenticated()) {
            send(response, journaled(exchange.get(), problem, language));
        } else {
            sendPlain(response, problem, writer.write(problem, exchange, language));
        }
    }

    private SealedAnswer journaled(Exchange exchange, ProblemException problem, String language) {
        exchange.trace().forgetEffects();
        if (problem.type() == ProblemType.STATE_SECRET_REFUSED) {
            exchange.withhold();
        }
        boolean fresh = problem.type() != ProblemType.REPLAYED;
        try {
            return journaled(exchange, problem, language, fresh);
        } catch (ReplayException replayed) {
            if (problem.type() == ProblemType.OUTCOME_UNKNOWN) {
                // The lost commit took effect, and its entry with it; whoever asks again under the key is told.
                return seal(exchange, problem, language);
            }
            return journaled(exchange, new ProblemException(ProblemType.REPLAYED), language, false);
        }
    }

    private SealedAnswer journaled(Exchange exchange, ProblemException problem, String language, boolean fresh) {
        SealedAnswer answer = seal(exchange, problem, language);
        try {
            journal.appendFailure(exchange, answer, outcome(problem.type()), fresh);
            return answer;
        } catch (JournalUnavailableException | EntryTooLargeException | UnstorableRecordException gone) {
            ProblemType type = problem.type() == ProblemType.OUTCOME_UNKNOWN
                    ? ProblemType.OUTCOME_UNKNOWN
                    : ProblemType.UNAVAILABLE;
            return seal(exchange, new ProblemException(type), language);
        }
    }

    private SealedAnswer seal(Exchange exchange, ProblemException problem, String language) {
        byte[] body = writer.write(problem, Optional.of(exchange), language);
        return sealer.seal(exchange, problem.type().status(), ProblemWriter.MEDIA_TYPE, body, Map.of());
    }

    private static Outcome outcome(ProblemType type) {
        return switch (type) {
            case NOT_FOUND, FORBIDDEN, VIEW_TOO_LOW, OFFICER_SIGNATURE_REQUIRED -> Outcome.DENY;
            default -> Outcome.FAIL;
        };
    }

    private static void send(ContainerResponseContext response, SealedAnswer answer) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.clear();
        answer.headers().forEach(headers::putSingle);
        response.setStatus(answer.status());
        response.setEntity(answer.body());
    }

    private static void sendPlain(ContainerResponseContext response, ProblemException problem, byte[] body) {
        response.getHeaders().clear();
        response.getHeaders().putSingle("Content-Type", ProblemWriter.MEDIA_TYPE);
        response.setStatus(problem.type().status());
        response.setEntity(body);
    }
}
