package org.xietong.exchange;

import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.HttpRequest;
import org.xietong.ledger.ExchangeIds;
import org.xietong.ledger.RestoreGuard;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Begins the exchange of every matched request: reads the body within its limit and authenticates; where the
 * operation streams its body, not a byte of that is read before. A resource method
 * that is neither {@link Exchanged} nor {@link Open} is refused (I2). While the database is one that was set back and nobody has
 * decided, nothing begins.
 */
class RequestFilter {
    private static final byte[] NONE = {};

    private final ExchangeConfig config;
    private final Authenticator authenticator;
    private final RequestHead head;
    private final CurrentExchange current;
    private final Failures failures;
    private final RestoreGuard restored;
    private final Limits limits;

    RequestFilter(
            ExchangeConfig config,
            Authenticator authenticator,
            RequestHead head,
            CurrentExchange current,
            Failures failures,
            RestoreGuard restored,
            Limits limits) {
        this.config = config;
        this.authenticator = authenticator;
        this.head = head;
        this.current = current;
        this.failures = failures;
        this.restored = restored;
        this.limits = limits;
    }

    @ServerRequestFilter
    public @Nullable Response begin(ContainerRequestContext request, ResourceInfo resource, RoutingContext routing) {
        Method method = resource.getResourceMethod();
        Open open = method.getAnnotation(Open.class);
        if (open != null) {
            return open.deposit() ? admitDeposit(routing) : null;
        }
        Exchanged exchanged = method.getAnnotation(Exchanged.class);
        if (exchanged == null) {
            throw new IllegalStateException("a resource method outside the road: " + method.getName());
        }
        try {
            if (!restored.isOpen()) {
                throw new ProblemException(restored.isRestored() ? ProblemType.LOG_SET_BACK : ProblemType.UNAVAILABLE);
            }
            boolean streamed = exchanged.value().needs(Operation.Need.STREAMED);
            byte[] body = streamed ? NONE : body(request);
            Exchange exchange = new Exchange(
                    ExchangeIds.next(),
                    Instant.now().truncatedTo(ChronoUnit.MILLIS),
                    exchanged.value(),
                    message(routing, streamed || body.length > 0),
                    body,
                    source(routing.request().remoteAddress()));
            current.set(routing, exchange);
            authenticator.authenticate(exchange);
            head.checkQuery(exchange, method);
            return null;
        } catch (RuntimeException | IOException e) {
            return failures.response(e);
        }
    }

    private @Nullable Response admitDeposit(RoutingContext routing) {
        try {
            limits.admitDeposit(source(routing.request().remoteAddress()));
            return null;
        } catch (ProblemException e) {
            return failures.response(e);
        }
    }

    private static String source(SocketAddress address) {
        String literal = address.hostAddress();
        return literal == null ? String.valueOf(address.host()) : literal;
    }

    private byte[] body(ContainerRequestContext request) throws IOException {
        if (request.getLength() > config.maxBody()) {
            throw new ProblemException(ProblemType.BODY_TOO_LARGE);
        }
        byte[] body = request.getEntityStream().readNBytes(config.maxBody() + 1);
        if (body.length > config.maxBody()) {
            throw new ProblemException(ProblemType.BODY_TOO_LARGE);
        }
        request.setEntityStream(new ByteArrayInputStream(body));
        return body;
    }

    /** The request as it was sent: raw path and query; the authority is our own name, whatever Host says. */
    private HttpRequest message(RoutingContext routing, boolean withBody) {
        String target = routing.request().uri();
        if (!target.startsWith("/")) {
            throw new ProblemException(ProblemType.MALFORMED, new FieldFault("request-target", "ORIGIN_FORM"));
        }
        int mark = target.indexOf('?');
        return new HttpRequest(
                routing.request().method().name(),
                config.authority(),
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? null : target.substring(mark + 1),
                withBody,
                routing.request().headers()::getAll);
    }
}
