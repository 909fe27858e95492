package org.xietong.exchange;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the exchange of the request at hand; the exchange itself is a plain object, never a proxy. */
@ApplicationScoped
public class CurrentExchange {
    private static final String KEY = "org.xietong.exchange";

    private final CurrentVertxRequest requests;

    CurrentExchange(CurrentVertxRequest requests) {
        this.requests = requests;
    }

    /** The exchange that the pipeline began for this request; without one nothing may go on (I1). */
    public Exchange get() {
        return find().orElseThrow(() -> new IllegalStateException("no exchange: the resource stands outside the road"));
    }

    Optional<Exchange> find() {
        @Nullable RoutingContext routing = requests.getCurrent();
        return routing == null ? Optional.empty() : Optional.ofNullable(routing.get(KEY));
    }

    void set(RoutingContext routing, Exchange exchange) {
        routing.put(KEY, exchange);
    }
}
