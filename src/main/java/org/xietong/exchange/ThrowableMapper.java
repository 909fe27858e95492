package org.xietong.exchange;

import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whatever a filter, reader or resource throws becomes a problem; the answer filter signs and journals it. */
class ThrowableMapper {
    private final Failures failures;

    ThrowableMapper(Failures failures) {
        this.failures = failures;
    }

    @ServerExceptionMapper(priority = 1)
    Response map(Throwable thrown) {
        return failures.response(thrown);
    }
}
