package org.xietong.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.xietong.record.Download;
import org.xietong.record.Prepared;
import org.xietong.record.RecordView;

/**
 * Steps 5 to 9 around every resource method: a write runs with its journal entry in one transaction; a read is journaled
 * before it leaves; a write whose body was streamed is finished here, in its transaction. What is returned is bytes, sealed; the resource's own return value serves the documentation.
 */
@Interceptor
@Exchanged(Operation.RECORD_READ)
@Priority(Interceptor.Priority.APPLICATION)
class PipelineInterceptor {
    private final CurrentExchange current;
    private final WriteTransaction transaction;
    private final Sealer sealer;
    private final ExchangeJournal journal;
    private final StillUsable usable;
    private final ObjectMapper json;

    PipelineInterceptor(
            CurrentExchange current,
            WriteTransaction transaction,
            Sealer sealer,
            ExchangeJournal journal,
            StillUsable usable,
            ObjectMapper json) {
        this.current = current;
        this.transaction = transaction;
        this.sealer = sealer;
        this.journal = journal;
        this.usable = usable;
        this.json = json;
    }

    @AroundInvoke
    Object run(InvocationContext invocation) throws Exception {
        Exchange exchange = current.get();
        exchange.authenticated();
        if (exchange.operation().writes() && !exchange.operation().needs(Operation.Need.STREAMED)) {
            return transaction.run(exchange, invocation::proceed, result -> sealed(exchange, result));
        }
        Object result = invocation.proceed();
        if (result instanceof Prepared<?> write) {
            try (write) {
                usable.require(exchange);
                transaction.run(exchange, write::finish, finished -> sealed(exchange, finished));
            }
            return result;
        }
        if (exchange.operation().needs(Operation.Need.WAITS)) {
            usable.requireAsBefore(exchange);
        }
        boolean leaves = false;
        try {
            SealedAnswer answer = sealed(exchange, result);
            journal.appendRead(exchange, answer);
            exchange.answer(answer);
            leaves = true;
        } finally {
            if (!leaves && result instanceof Download download) {
                download.discard();
            }
        }
        return result;
    }

    private SealedAnswer sealed(Exchange exchange, Object result) {
        if (result instanceof Download download) {
            return sealer.seal(exchange, download);
        }
        try {
            byte[] body = json.writeValueAsBytes(result);
            if (result instanceof RecordView<?> view
                    && !Boolean.TRUE.equals(view.meta().repeated())) {
                exchange.answerHeader("ETag", ETags.of(body));
            }
            return sealer.seal(exchange, exchange.status(), body, exchange.headers());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer could not be written");
        }
    }
}
