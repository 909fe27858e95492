package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javax.sql.DataSource;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Committed;

/**
 * The transaction of a write: the change, the memory of its idempotency key and its journal entry become durable
 * together or not at all. A commit whose outcome is unknown says so; the key then tells what happened (I3).
 */
@ApplicationScoped
class WriteTransaction {
    /** The rule under which a repeated request is answered. */
    static final String REPEAT = "IDEMPOTENT_REPEAT";

    private final TransactionManager transactions;
    private final EntityManager entities;
    private final DataSource database;
    private final Idempotency idempotency;
    private final ExchangeJournal journal;

    WriteTransaction(
            TransactionManager transactions,
            EntityManager entities,
            DataSource database,
            Idempotency idempotency,
            ExchangeJournal journal) {
        this.transactions = transactions;
        this.entities = entities;
        this.database = database;
        this.idempotency = idempotency;
        this.journal = journal;
    }

    /** Runs the work once, or not at all where its key was used before; the sealed answer is the exchange's. */
    Object run(Exchange exchange, Callable<Object> work, Function<Object, SealedAnswer> seal) throws Exception {
        transactions.begin();
        SealedAnswer answer;
        Object result;
        try {
            Optional<Idempotency.Remembered> first = idempotency.begin(exchange);
            result = first.isPresent() ? repeated(exchange, first.get()) : work.call();
            entities.flush();
            answer = seal.apply(result);
            try (Connection connection = database.getConnection()) {
                Optional<Committed> written = first.isEmpty() ? FirstAnswer.of(result) : Optional.empty();
                if (written.isPresent()) {
                    idempotency.remember(connection, exchange, written.get());
                }
                journal.append(connection, exchange, answer, first.isEmpty());
            }
        } catch (Throwable e) {
            rollback(e);
            throw e;
        }
        commit();
        exchange.answer(answer);
        return result;
    }

    private static Object repeated(Exchange exchange, Idempotency.Remembered first) {
        exchange.status(first.status());
        exchange.trace().concerns(first.kind());
        exchange.trace().decided(REPEAT, "-");
        return FirstAnswer.again(exchange.operation(), first);
    }

    private void commit() {
        try {
            transactions.commit();
        } catch (Exception e) {
            if (definitelyRolledBack(e)) {
                throw new ProblemException(ProblemType.STATE_CONFLICT);
            }
            throw new ProblemException(ProblemType.OUTCOME_UNKNOWN);
        }
    }

    /** The database answered the commit with a refusal of its own (integrity or serialisation): nothing was stored. */
    private static boolean definitelyRolledBack(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("23") || sql.getSQLState().startsWith("40");
            }
        }
        return false;
    }

    /** Whatever the rollback meets, the first reason is the one that is told. */
    private void rollback(Throwable reason) {
        try {
            if (transactions.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transactions.rollback();
            }
        } catch (SystemException | RuntimeException also) {
            reason.addSuppressed(also);
        }
    }
}
