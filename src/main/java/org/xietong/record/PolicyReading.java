package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.policy.Explainer;
import org.xietong.policy.Explanation;
import org.xietong.policy.Matrix;
import org.xietong.policy.Redactor;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Shows the policy, and explains it for one record as far as the asker may know. */
@ApplicationScoped
public class PolicyReading {
    private final CurrentPolicy policy;
    private final RecordRows rows;
    private final Lookup lookup;
    private final Kinds kinds;
    private final Redactor redactor;
    private final RecordViews views;
    private final Matrix matrix;

    PolicyReading(
            CurrentPolicy policy, RecordRows rows, Lookup lookup, Kinds kinds, Redactor redactor, RecordViews views) {
        this.policy = policy;
        this.rows = rows;
        this.lookup = lookup;
        this.kinds = kinds;
        this.redactor = redactor;
        this.views = views;
        this.matrix = Matrix.of(policy.policies());
    }

    public Matrix matrix(Trace trace) {
        trace.decided("PUBLISHED", matrix.version());
        return matrix;
    }

    /** The same answer for a record out of sight and for one that does not exist (I4). */
    public Explanation explain(Caller caller, Trace trace, @Nullable String kind, @Nullable UUID record) {
        Kind<?> known = kinds.all().stream()
                .filter(k -> k.code().equals(kind))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/kind", "UNKNOWN_CODE")));
        trace.concerns(known.code());
        trace.decided("EXPLAINED", matrix.version());
        return explain(caller, trace, known, Optional.ofNullable(record).orElseThrow());
    }

    private <C extends Content> Explanation explain(Caller caller, Trace trace, Kind<C> kind, UUID record) {
        Optional<Seen<C>> seen =
                rows.seen(record, kind.code(), Seen.viewers(caller)).flatMap(row -> lookup.look(caller, kind, row));
        seen.ifPresent(s -> views.disclose(caller, trace, kind, s));
        return new Explainer(policy.policies(), policy.units(), policy.engine(), redactor)
                .explain(
                        Seen.viewer(caller),
                        kind.code(),
                        kind.contentType().asSubclass(Record.class),
                        seen.map(Seen::facts));
    }
}
