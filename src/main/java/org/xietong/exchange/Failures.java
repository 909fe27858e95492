package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.xietong.ledger.JournalException;
import org.xietong.ledger.ReplayException;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Turns whatever was thrown into a problem that tells the caller nothing but its code. Server logs get class names and
 * places, never messages: a driver's or parser's message quotes values.
 */
@ApplicationScoped
public class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    /** A response that carries the problem; the answer filter writes, signs and journals it. */
    public Response response(Throwable thrown) {
        ProblemException problem = problem(thrown);
        return Response.status(problem.type().status()).entity(problem).build();
    }

    /** The problem behind what was thrown. */
    ProblemException problem(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Optional<ProblemException> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        log(thrown);
        return new ProblemException(ProblemType.INTERNAL);
    }

    private static Optional<ProblemException> known(Throwable cause) {
        return switch (cause) {
            case ProblemException problem -> Optional.of(problem);
            case ReplayException replay -> Optional.of(new ProblemException(ProblemType.REPLAYED));
            case JournalException gone -> {
                log(gone);
                yield Optional.of(new ProblemException(ProblemType.UNAVAILABLE));
            }
            case ConstraintViolationException violated -> {
                ProblemType type = violated(String.valueOf(violated.getConstraintName()));
                if (type == ProblemType.INTERNAL) {
                    LOG.errorf("constraint %s", violated.getConstraintName());
                    log(violated);
                }
                yield Optional.of(new ProblemException(type));
            }
            case PSQLException sql -> Optional.of(new ProblemException(stored(sql)));
            case SQLException sql -> {
                log(sql);
                yield Optional.of(new ProblemException(ProblemType.UNAVAILABLE));
            }
            case WebApplicationException web ->
                Optional.of(new ProblemException(web(web.getResponse().getStatus())));
            default -> Optional.empty();
        };
    }

    private static ProblemType stored(PSQLException e) {
        if ("23505".equals(e.getSQLState())) {
            return violated(Optional.ofNullable(e.getServerErrorMessage())
                    .map(ServerErrorMessage::getConstraint)
                    .orElse(""));
        }
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith("22") || state.startsWith("54")) {
            return ProblemType.MALFORMED;
        }
        log(e);
        return ProblemType.UNAVAILABLE;
    }

    private static ProblemType violated(String constraint) {
        return switch (constraint) {
            case "record_source" -> ProblemType.SOURCE_REF_CONFLICT;
            case "idempotency_pkey" -> ProblemType.IDEMPOTENCY_IN_FLIGHT;
            case "transfer_of_clue" -> ProblemType.ALREADY_TRANSFERRED;
            case "milestone_once" -> ProblemType.STATE_CONFLICT;
            default -> ProblemType.INTERNAL;
        };
    }

    private static ProblemType web(int status) {
        return switch (status) {
            case 404 -> ProblemType.NOT_FOUND;
            case 405 -> ProblemType.METHOD_NOT_ALLOWED;
            case 406 -> ProblemType.NOT_ACCEPTABLE;
            case 413 -> ProblemType.BODY_TOO_LARGE;
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
            default -> status >= 500 ? ProblemType.INTERNAL : ProblemType.MALFORMED;
        };
    }

    private static void log(Throwable thrown) {
        StringBuilder chain = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            chain.append(cause.getClass().getName());
            if (cause instanceof SQLException sql) {
                chain.append(' ').append(sql.getSQLState());
            }
            Arrays.stream(cause.getStackTrace())
                    .limit(6)
                    .forEach(at -> chain.append("\n    at ").append(at));
            chain.append('\n');
        }
        LOG.errorf("an exchange failed: %s", chain);
    }
}
