package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** The lines of a bulk request: read by the rules of a single body, written by {@link RecordWriting} like one. */
@ApplicationScoped
public class BulkWriting {
    private final DraftReader reader;
    private final RecordWriting writing;

    BulkWriting(DraftReader reader, RecordWriting writing) {
        this.reader = reader;
        this.writing = writing;
    }

    /** @throws ProblemException as for a single body; faults point into the draft */
    public <C extends Content> BulkLine<C> read(byte[] line, Kind<C> kind) {
        BulkLine<C> read = reader.line(line, kind.contentType());
        if (read.idempotencyKey().isEmpty() && read.sourceRef().isEmpty()) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REQUIRED, new FieldFault("/idempotencyKey", "REQUIRED"));
        }
        return read;
    }

    /**
     * Looks for the mark of a state secret and for the line's key, and for nothing else (I7).
     *
     * @throws ProblemException STATE_SECRET_REFUSED, with the line's number and the rule that fired
     */
    public Optional<String> keyOfUnmarked(int number, byte[] line) {
        DraftReader.Look look = reader.look(line);
        look.mark().ifPresent(rule -> {
            throw new ProblemException(ProblemType.STATE_SECRET_REFUSED, new FieldFault("lines/" + number, rule));
        });
        return look.key();
    }

    public <C extends Content> RecordView<C> write(WriteContext context, Kind<C> kind, BulkLine<C> line) {
        return line.sourceRef().isPresent()
                ? writing.upsert(context, kind, line.sourceRef().get(), line.draft(), Precondition.NONE)
                : writing.create(context, kind, line.draft());
    }
}
