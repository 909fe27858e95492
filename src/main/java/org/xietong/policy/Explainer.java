package org.xietong.policy;

import java.util.List;
import java.util.Optional;
import org.xietong.agency.Unit;
import org.xietong.agency.Units;

/** Explains decisions ({@code POST /v1/policy/explain}) by the engine that takes them. */
public final class Explainer {
    private final PolicySet policy;
    private final Units units;
    private final PolicyEngine engine;
    private final Redactor redactor;

    public Explainer(PolicySet policy, Units units, PolicyEngine engine, Redactor redactor) {
        this.policy = policy;
        this.units = units;
        this.engine = engine;
        this.redactor = redactor;
    }

    /**
     * @param kind as the asker named it
     * @param content the kind's content record
     * @param facts of the record, or empty where there is none; the answer for one out of sight is the same
     */
    public Explanation explain(
            Viewer viewer, String kind, Class<? extends Record> content, Optional<RecordFacts> facts) {
        List<Matrix.Sight> rows = rows(viewer, kind);
        Optional<Decision.Permitted> permitted = facts.filter(f -> f.kind().equals(kind))
                .map(f -> engine.decide(viewer, f))
                .filter(Decision.Permitted.class::isInstance)
                .map(Decision.Permitted.class::cast);
        return permitted
                .map(p -> Explanation.visible(kind, p, rows, redactor.reasons(content, p)))
                .orElseGet(() -> Explanation.outOfSight(kind, policy.version(), rows));
    }

    private List<Matrix.Sight> rows(Viewer viewer, String kind) {
        return units.find(viewer.unit())
                .map(Unit::agency)
                .map(agency -> policy.views(kind, agency).stream()
                        .map(Matrix.Sight::of)
                        .toList())
                .orElse(List.of());
    }
}
