package org.xietong.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.xietong.ledger.ExchangeIds;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.BulkLine;
import org.xietong.record.BulkResult;
import org.xietong.record.BulkWriting;
import org.xietong.record.Content;
import org.xietong.record.Kind;
import org.xietong.record.Quarantine;
import org.xietong.record.RecordView;
import org.xietong.record.WriteContext;

/**
 * Takes the lines of one signed body down the road, each as an exchange of its own: its own transaction, idempotency key, entry
 * and result (I1, I3). A line that fails stops no other; a journal or directory that fails stops all, and what was committed is
 * found again by sending the same body.
 */
@ApplicationScoped
public class LineExchanges {
    static final int MOST_LINES = 1_000;
    private static final long MOST_BYTES = 64L << 20;

    private final ExchangeConfig config;
    private final StillUsable usable;
    private final Limits limits;
    private final Quarantine quarantine;
    private final BulkWriting writing;
    private final Idempotency idempotency;
    private final WriteTransaction transaction;
    private final FailedExchanges failed;
    private final Failures failures;
    private final Sealer sealer;
    private final ObjectMapper json;

    LineExchanges(
            ExchangeConfig config,
            StillUsable usable,
            Limits limits,
            Quarantine quarantine,
            BulkWriting writing,
            Idempotency idempotency,
            WriteTransaction transaction,
            FailedExchanges failed,
            Failures failures,
            Sealer sealer,
            ObjectMapper json) {
        this.config = config;
        this.usable = usable;
        this.limits = limits;
        this.quarantine = quarantine;
        this.writing = writing;
        this.idempotency = idempotency;
        this.transaction = transaction;
        this.failed = failed;
        this.failures = failures;
        this.sealer = sealer;
        this.json = json;
    }

    /**
     * Writes every line. The whole body is there, and is what was signed, before the first is looked at.
     *
     * @throws ProblemException CONTENT_DIGEST_MISMATCH; BODY_TOO_LARGE; STATE_SECRET_REFUSED; REPLAYED; UNAVAILABLE
     */
    public <C extends Content> BulkResult run(Exchange whole, Kind<C> kind, InputStream body) {
        whole.trace().concerns(kind.code());
        try (Quarantine.Held held = quarantine.receive(whole.caller().system(), body, MOST_BYTES)) {
            if (!whole.bodyIs(held.digest())) {
                throw new ProblemException(ProblemType.CONTENT_DIGEST_MISMATCH);
            }
            look(whole, held);
            return lines(whole, kind, held);
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }

    /**
     * Before any line is taken: how many there are, and whether one bears the mark of a state secret. Such a body is refused as a
     * whole: the digest that was signed is of all its lines, and would stand without salt in the entries of the others (I7). Where a
     * line comes again that was erased, that digest stays with none of them (I9).
     */
    private void look(Exchange whole, Quarantine.Held held) throws IOException {
        int count = 0;
        List<String> keys = new ArrayList<>();
        try (BodyLines lines = open(held)) {
            for (int number = 1; !lines.ended(); number++) {
                BodyLines.Line line = lines.next();
                if (line.isBlank()) {
                    continue;
                }
                if (++count > MOST_LINES) {
                    throw new ProblemException(ProblemType.BODY_TOO_LARGE, new FieldFault("lines", "MAX"));
                }
                if (!line.tooLong()) {
                    writing.keyOfUnmarked(number, line.bytes()).ifPresent(keys::add);
                }
            }
        }
        if (idempotency.anyErased(whole.caller().system(), keys)) {
            whole.withhold(Exchange.Withheld.BESIDE_ERASED);
        }
    }

    private <C extends Content> BulkResult lines(Exchange whole, Kind<C> kind, Quarantine.Held held)
            throws IOException {
        List<BulkResult.Line> results = new ArrayList<>();
        try (BodyLines lines = open(held)) {
            for (int number = 1; !lines.ended(); number++) {
                BodyLines.Line line = lines.next();
                if (line.isBlank()) {
                    continue;
                }
                usable.require(whole);
                limits.admitSystem(whole.caller().system());
                results.add(one(whole, kind, number, line));
                whole.noncesTaken();
            }
        }
        return new BulkResult(results);
    }

    private <C extends Content> BulkResult.Line one(Exchange whole, Kind<C> kind, int number, BodyLines.Line bytes) {
        UUID id = ExchangeIds.next();
        boolean first = !whole.nonces().isEmpty();
        Exchange line = whole.line(number, id, Operation.RECORD_CREATE, bytes.bytes(), Optional.empty(), first);
        try {
            BulkLine<C> read = writing.read(bytes.orRefuse(), kind);
            Operation operation = read.sourceRef().isPresent() ? Operation.RECORD_UPSERT : Operation.RECORD_CREATE;
            line = whole.line(number, id, operation, bytes.bytes(), read.idempotencyKey(), first);
            return committed(line, number, kind, read);
        } catch (Exception e) {
            return refused(line, number, failures.problem(e));
        }
    }

    private <C extends Content> BulkResult.Line committed(Exchange line, int number, Kind<C> kind, BulkLine<C> read)
            throws Exception {
        line.status(201);
        RecordView<?> written = (RecordView<?>) transaction.run(
                line,
                () -> {
                    WriteContext context = new WriteContext(line.caller(), line.trace(), line.id(), line.time());
                    RecordView<C> view = writing.write(context, kind, read);
                    boolean created = view.version() != null && view.version() == 1 && line.changed();
                    line.status(created ? 201 : 200);
                    return view;
                },
                result -> sealed(line, result(line, number, (RecordView<?>) result)));
        return result(line, number, written);
    }

    /** A line's failure is journaled like any other; what fails for all of them ends the request. */
    private BulkResult.Line refused(Exchange line, int number, ProblemException problem) {
        ProblemException told = failed.journaled(
                        line, problem, line.header("accept-language").orElse(null))
                .problem();
        ProblemType type = told.type();
        if (type == ProblemType.REPLAYED && line.bringsNonces() || type == ProblemType.UNAVAILABLE) {
            throw new ProblemException(type);
        }
        List<BulkResult.LineFault> faults = told.faults().stream()
                .map(fault -> new BulkResult.LineFault(fault.field(), fault.rule()))
                .toList();
        return new BulkResult.Line(
                number,
                type.status(),
                line.id(),
                null,
                null,
                null,
                null,
                new BulkResult.LineProblem(type.name(), type.retryable(), faults.isEmpty() ? null : faults));
    }

    private static BulkResult.Line result(Exchange line, int number, RecordView<?> written) {
        return new BulkResult.Line(
                number,
                line.status(),
                line.id(),
                written.id(),
                written.version(),
                written.meta().repeated(),
                written.meta().firstExchange(),
                null);
    }

    private SealedAnswer sealed(Exchange line, BulkResult.Line result) {
        try {
            return sealer.seal(line, line.status(), json.writeValueAsBytes(result), Map.of());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line's result could not be written");
        }
    }

    private BodyLines open(Quarantine.Held held) throws IOException {
        return new BodyLines(Files.newInputStream(held.file()), config.maxBody());
    }
}
