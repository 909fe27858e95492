package org.xietong.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.OutsideKind;
import org.xietong.agency.Unit;
import org.xietong.agency.Units;
import org.xietong.label.Caveat;
import org.xietong.label.FieldLabel;

/**
 * Decides sight and acts: policy × label × milestones. Denies by absence: no row, an unknown or suspended unit, a failure
 * while deciding (I2). Immutable and cheap to make; one per directory snapshot and policy version.
 */
public final class PolicyEngine {
    private final PolicySet policy;
    private final Units units;
    private final OfficerUnits officers;
    private final LabelCeiling ceiling;

    /** @param officers active officers' units; asked by {@link #sight} where a label names persons */
    public PolicyEngine(PolicySet policy, Units units, OfficerUnits officers) {
        this.policy = policy;
        this.units = units;
        this.officers = officers;
        this.ceiling = new LabelCeiling(policy.ceiling());
    }

    /** What the viewer may see of the record. Never throws: a failure denies. */
    public Decision decide(Viewer viewer, RecordFacts facts) {
        try {
            Optional<Unit> unit = units.find(viewer.unit()).filter(Unit::active);
            return unit.isPresent() ? decide(viewer, unit.get(), facts) : denied("unit-unknown");
        } catch (RuntimeException e) {
            return denied("evaluation-failed");
        }
    }

    /**
     * Who sees the record: for each active unit the view that {@link #decide} gives its attended reader; for an officer whom
     * the label's scope names, his own, unless his unit has a row already. After them who sees it by a grant alone, until that
     * ends: a grant that only widens a view adds no row, so that sorting and filtering stay what they are without it (I4).
     */
    public List<SightRow> sight(RecordFacts facts) {
        List<SightRow> sight = new ArrayList<>(sightByRows(facts.withoutGrants()));
        Set<String> served = sight.stream().map(SightRow::viewer).collect(Collectors.toSet());
        facts.grants().stream()
                .map(GrantFact::grantee)
                .distinct()
                .sorted()
                .filter(grantee -> !served.contains(grantee))
                .forEach(grantee -> granted(grantee, served, facts).ifPresent(sight::add));
        return List.copyOf(sight);
    }

    private Optional<SightRow> granted(String grantee, Set<String> served, RecordFacts facts) {
        return facts.grants().stream()
                .filter(grant -> grant.grantee().equals(grantee))
                .flatMap(grant -> {
                    Optional<String> unit = grant.person() ? officers.unitOf(grantee) : Optional.of(grantee);
                    RecordFacts alone = facts.withGrants(Set.of(grant));
                    return unit.filter(u -> !served.contains(u)).stream()
                            .map(u -> new Viewer(u, grant.person() ? grantee : null, true))
                            .flatMap(viewer -> see(viewer, grantee, alone, grant.until()).stream());
                })
                .max(Comparator.comparing(row -> Objects.requireNonNull(row.until())));
    }

    private List<SightRow> sightByRows(RecordFacts facts) {
        List<SightRow> sight = new ArrayList<>();
        for (Unit unit : units.all()) {
            if (!policy.views(facts.kind(), unit.agency()).isEmpty()) {
                see(new Viewer(unit.id(), null, true), unit.id(), facts, null).ifPresent(sight::add);
            }
        }
        List<SightRow> persons = new ArrayList<>();
        for (String officer : facts.label().scope().persons()) {
            Optional<String> unit = officers.unitOf(officer);
            boolean served = unit.isEmpty()
                    || sight.stream().anyMatch(row -> row.viewer().equals(unit.get()));
            if (!served) {
                see(new Viewer(unit.get(), officer, true), officer, facts, null).ifPresent(persons::add);
            }
        }
        sight.addAll(persons);
        return List.copyOf(sight);
    }

    /**
     * Whether the viewer may do the act. A right to act on a record that one does not see is none; a grant gives no right.
     *
     * @param attributes of the record, or of the draft when creating
     * @param facts of the record; empty when creating: the creator becomes the owner
     */
    public ActDecision mayAct(
            Viewer viewer, String kind, Map<String, String> attributes, String act, Optional<RecordFacts> facts) {
        try {
            Optional<Unit> unit = units.find(viewer.unit()).filter(Unit::active);
            if (unit.isEmpty()) {
                return refused("unit-unknown");
            }
            if (facts.isPresent() && decide(viewer, facts.get().withoutGrants()) instanceof Decision.Denied) {
                return refused("out-of-sight");
            }
            if (facts.isEmpty() != act.equals("create")) {
                return refused("no-right");
            }
            return right(viewer, unit.get(), kind, attributes, act, facts);
        } catch (RuntimeException e) {
            return refused("evaluation-failed");
        }
    }

    /**
     * What of the record its owner may send to an outside recipient of this kind. The label is obeyed, not worked around: where it
     * leaves less than is wanted, nothing goes, and the officer may ask for a summary, or have the label changed by two persons.
     *
     * @param wanted the view that the owner chose
     */
    public Decision outside(OutsideKind to, View wanted, RecordFacts facts) {
        try {
            Optional<Unit> owner = units.find(facts.ownerUnit()).filter(Unit::active);
            Optional<OutsideRow> row = owner.flatMap(unit -> policy.outside().stream()
                    .filter(each -> each.kind().equals(facts.kind())
                            && has(facts.attributes(), each.where())
                            && each.from().contains(unit.agency())
                            && each.to().contains(to)
                            && each.view().shows(wanted))
                    .findFirst());
            if (row.isEmpty()) {
                return denied("outside:no-row");
            }
            return ceiling.keepsInside(row.get().opens(), wanted, facts.label())
                    .map(this::denied)
                    .orElseGet(() -> leaving(row.get(), wanted, facts));
        } catch (RuntimeException e) {
            return denied("evaluation-failed");
        }
    }

    private Decision leaving(OutsideRow row, View wanted, RecordFacts facts) {
        Set<String> hidden = facts.label().fields().stream()
                .filter(label -> !row.opens().containsAll(label.caveats()))
                .map(FieldLabel::field)
                .collect(Collectors.toSet());
        return new Decision.Permitted(
                row.id(),
                policy.version(),
                wanted,
                row.opens(),
                hidden,
                Optional.empty(),
                Optional.empty(),
                false,
                row.basis(),
                List.of());
    }

    private ActDecision right(
            Viewer viewer,
            Unit unit,
            String kind,
            Map<String, String> attributes,
            String act,
            Optional<RecordFacts> facts) {
        Optional<ActRow> unsigned = Optional.empty();
        for (ActRow row : policy.acts(unit.agency())) {
            boolean matches = row.kind().equals(kind)
                    && row.acts().contains(act)
                    && has(attributes, row.where())
                    && holds(row.when(), unit, facts);
            if (matches && (!row.signed() || viewer.signedOfficer() != null)) {
                return new ActDecision.Allowed(row.id(), policy.version(), row.basis());
            }
            if (matches && unsigned.isEmpty()) {
                unsigned = Optional.of(row);
            }
        }
        return unsigned.<ActDecision>map(row -> new ActDecision.SignatureNeeded(row.id(), policy.version()))
                .orElseGet(() -> refused("no-right"));
    }

    private boolean holds(List<Condition> when, Unit unit, Optional<RecordFacts> facts) {
        if (facts.isEmpty()) {
            return when.equals(List.of(Condition.Relation.OWNER));
        }
        return Match.holds(when, unit, facts.get(), units);
    }

    private Decision decide(Viewer viewer, Unit unit, RecordFacts facts) {
        List<LabelCeiling.Left> whole = new ArrayList<>();
        List<LabelCeiling.Left> labelled = new ArrayList<>();
        for (ViewRow row : policy.views(facts.kind(), unit.agency())) {
            if (has(facts.attributes(), row.where())) {
                Match.of(row, unit, facts, units).ifPresent(match -> {
                    whole.add(LabelCeiling.Left.whole(match));
                    labelled.add(ceiling.of(match, viewer, facts));
                });
            }
        }
        Optional<Outcome> left = outcome(whole, labelled);
        if (facts.grants().stream().anyMatch(grant -> grant.isFor(viewer))) {
            left = withGrants(left, whole, labelled, viewer, unit, facts);
        }
        if (whole.isEmpty()) {
            return denied("no-row");
        }
        if (left.isEmpty()) {
            return denied(labelled.getFirst().reasons().getFirst());
        }
        return permitted(
                isExemptFromAttendance(viewer, facts) ? left.get() : left.get().unattended(), viewer, facts);
    }

    /** What the label leaves, showing nothing that the rows would not show without it. */
    private static Optional<Outcome> outcome(List<LabelCeiling.Left> whole, List<LabelCeiling.Left> labelled) {
        return Outcome.of(labelled).map(o -> o.within(Outcome.of(whole).orElseThrow()));
    }

    /** Grants count, and give the decision its name, only where the rows alone show less. */
    private Optional<Outcome> withGrants(
            Optional<Outcome> byRows,
            List<LabelCeiling.Left> whole,
            List<LabelCeiling.Left> labelled,
            Viewer viewer,
            Unit unit,
            RecordFacts facts) {
        if (!GrantFact.mayReceive(unit.agency())) {
            return byRows;
        }
        for (GrantFact grant : facts.grants()) {
            if (grant.isFor(viewer)) {
                Match match = grant.match(unit, facts.kind());
                whole.add(LabelCeiling.Left.whole(match));
                labelled.add(ceiling.of(match, viewer, facts));
            }
        }
        Optional<Outcome> all = outcome(whole, labelled);
        boolean same = all.isPresent() && byRows.filter(all.get()::showsAs).isPresent();
        return same ? byRows : all;
    }

    /** Owner and addressee, and whoever names purpose and officer, read in full. */
    private static boolean isExemptFromAttendance(Viewer viewer, RecordFacts facts) {
        return viewer.attended()
                || viewer.unit().equals(facts.ownerUnit())
                || facts.units().addressees().contains(viewer.unit());
    }

    private Optional<SightRow> see(Viewer viewer, String key, RecordFacts facts, @Nullable Instant until) {
        return decide(viewer, facts) instanceof Decision.Permitted p
                ? Optional.of(new SightRow(
                        key,
                        viewer.signedOfficer() != null,
                        p.view(),
                        p.hidden(),
                        until,
                        p.concernsEverybody() ? Set.of() : p.participants().orElseGet(Set::of)))
                : Optional.empty();
    }

    private static boolean has(Map<String, String> attributes, Map<String, String> where) {
        return attributes.entrySet().containsAll(where.entrySet());
    }

    private Decision permitted(Outcome outcome, Viewer viewer, RecordFacts facts) {
        return new Decision.Permitted(
                outcome.row().id(),
                policy.version(),
                outcome.view(),
                Set.copyOf(outcome.opened()),
                hidden(outcome, viewer, facts),
                outcome.participants().map(Set::copyOf),
                outcome.others().map(others -> marked(others, outcome, viewer, facts)),
                outcome.statutory(),
                outcome.row().basis(),
                List.copyOf(outcome.ceilings()));
    }

    /**
     * State and versions tell of everybody whom the record concerns, and so not to who may know of some of them. A field that the label
     * marks shows to whom all its caveats are opened; owner and statutory readers see it as if it were not marked.
     */
    private static Set<String> hidden(Outcome outcome, Viewer viewer, RecordFacts facts) {
        Set<String> hidden = new HashSet<>(outcome.hidden());
        if (!outcome.participants()
                .map(some -> some.containsAll(facts.participants()))
                .orElse(true)) {
            hidden.addAll(Decision.Permitted.hiddenByLimit(outcome.view(), outcome.others()));
        }
        hidden.addAll(closed(outcome.opened(), outcome, viewer, facts));
        return Set.copyOf(hidden);
    }

    private static Decision.Others marked(Decision.Others others, Outcome outcome, Viewer viewer, RecordFacts facts) {
        Set<String> hidden = new HashSet<>(others.hidden());
        hidden.addAll(closed(others.opened(), outcome, viewer, facts));
        return new Decision.Others(others.view(), others.opened(), hidden);
    }

    /** Fields whose labels these caveats do not open. */
    private static Set<String> closed(Set<Caveat> opened, Outcome outcome, Viewer viewer, RecordFacts facts) {
        if (outcome.statutory() || viewer.unit().equals(facts.ownerUnit())) {
            return Set.of();
        }
        return facts.label().fields().stream()
                .filter(label -> !opened.containsAll(label.caveats()))
                .map(FieldLabel::field)
                .collect(Collectors.toSet());
    }

    private Decision denied(String rule) {
        return new Decision.Denied(rule, policy.version());
    }

    private ActDecision refused(String rule) {
        return new ActDecision.Refused(rule, policy.version());
    }
}
