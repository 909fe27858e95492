package org.xietong.exchange;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Lets answers out: a sealed one as it is; a failure of an authenticated caller signed and journaled first (I3); any
 * other plain. Whatever goes wrong here leaves as a 503 without data.
 */
class AnswerFilter {
    /** When failed authentications are forgotten. */
    private static final String A_MINUTE = "60";
    /** When there is room again for what anybody may send. */
    private static final String A_SECOND = "1";

    private final CurrentExchange current;
    private final FailedExchanges failed;
    private final ProblemWriter writer;

    AnswerFilter(CurrentExchange current, FailedExchanges failed, ProblemWriter writer) {
        this.current = current;
        this.failed = failed;
        this.writer = writer;
    }

    @ServerResponseFilter(priority = Integer.MIN_VALUE)
    public void answer(ContainerRequestContext request, ContainerResponseContext response) {
        Optional<Exchange> exchange = current.find();
        Optional<SealedAnswer> sealed = exchange.flatMap(Exchange::answer);
        if (sealed.isPresent() && isBrokenStream(sealed.get(), response)) {
            breakOff(response);
            return;
        }
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
            send(response, failed.journaled(exchange.get(), problem, language).answer());
        } else {
            sendPlain(response, problem, writer.write(problem, exchange, language));
            if (problem.type() == ProblemType.RATE_LIMITED) {
                response.getHeaders().putSingle("Retry-After", exchange.isPresent() ? A_MINUTE : A_SECOND);
            }
        }
    }

    /** Whether this is the second time round, after the stream of a sealed answer failed on its way. */
    private static boolean isBrokenStream(SealedAnswer sealed, ContainerResponseContext response) {
        return sealed.body() instanceof StreamingOutput && response.getEntity() instanceof ProblemException;
    }

    /** What was signed cannot be taken back: nothing more follows it, least of all the same bytes from their beginning. */
    private static void breakOff(ContainerResponseContext response) {
        response.getHeaders().clear();
        response.setEntity(null);
        CurrentRequestManager.get().serverRequest().closeConnection();
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
