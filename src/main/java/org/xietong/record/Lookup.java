package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.label.Milestone;
import org.xietong.matter.Occurred;
import org.xietong.matter.Participant;
import org.xietong.policy.Decision;
import org.xietong.policy.MilestoneFact;
import org.xietong.policy.RecordFacts;
import org.xietong.policy.UnitsAround;
import org.xietong.policy.View;
import org.xietong.policy.Viewer;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Step 5 of the road: finds by id and sight, then lets the engine look a second time. */
@ApplicationScoped
class Lookup {
    private static final String FILING = "filing";
    private static final String CRIMINAL = "CRIMINAL";
    private final RecordRows rows;
    private final StoredJson json;
    private final CurrentPolicy policy;

    Lookup(RecordRows rows, StoredJson json, CurrentPolicy policy) {
        this.rows = rows;
        this.json = json;
        this.policy = policy;
    }

    /** The record as this caller may see it; absent, denied and nonexistent are one and the same 404 (I4). */
    <C extends Content> Seen<C> require(Caller caller, Trace trace, Kind<C> kind, UUID id) {
        trace.looksUp(id);
        return admitted(caller, trace, kind, rows.seen(id, kind.code(), Seen.viewers(caller)));
    }

    <C extends Content> Optional<Seen<C>> bySource(Caller caller, Trace trace, Kind<C> kind, String sourceRef) {
        return rows.bySource(caller.system(), kind.code(), sourceRef, Seen.viewers(caller))
                .flatMap(row -> {
                    trace.looksUp(row.id());
                    return look(caller, kind, row);
                });
    }

    /** The engine's second look at a row that the sight table gave. */
    <C extends Content> Optional<Seen<C>> look(Caller caller, Kind<C> kind, RecordRow row) {
        return look(Seen.viewer(caller), kind, row);
    }

    /** The same for a unit that does not ask itself. */
    <C extends Content> Optional<Seen<C>> look(Viewer viewer, Kind<C> kind, RecordRow row) {
        if (row.quarantined()) {
            return Optional.empty();
        }
        C content = json.read(row.content(), kind.contentType());
        RecordFacts facts = facts(row);
        return switch (policy.engine().decide(viewer, facts)) {
            case Decision.Permitted permitted -> Optional.of(new Seen<>(row, content, facts, permitted));
            case Decision.Denied denied -> Optional.empty();
        };
    }

    /** Whether all are records of the caller's own unit in that matter. */
    boolean areOwn(Caller caller, @Nullable UUID matter, Set<UUID> records) {
        return records.isEmpty()
                || rows.byIds(List.copyOf(records)).stream()
                                .filter(row -> row.ownerUnit().equals(caller.unit())
                                        && row.matter().equals(matter)
                                        && !row.quarantined()
                                        && row.erased() == null)
                                .count()
                        == records.size();
    }

    /** A record of the caller's own unit, of that kind, in whichever matter. */
    Optional<RecordRow> own(Caller caller, String kind, UUID id) {
        return rows.byIds(List.of(id)).stream()
                .filter(row -> row.kind().equals(kind)
                        && row.ownerUnit().equals(caller.unit())
                        && !row.quarantined()
                        && row.erased() == null)
                .findFirst();
    }

    /** That record, where the caller sees it in full as the matrix says: a grant shows, and lets nobody write about it. */
    Optional<RecordRow> whole(Caller caller, Content.Reference reference) {
        return rows.seen(reference.id(), reference.kind(), Seen.viewers(caller))
                .filter(row -> !row.quarantined() && row.erased() == null)
                .filter(row -> seesWhole(caller, row));
    }

    /** Which of these records the caller sees, of whatever kind; one query. */
    Set<UUID> inSight(Caller caller, Set<UUID> ids) {
        return ids.isEmpty()
                ? Set.of()
                : rows.inSight(ids, Seen.viewers(caller)).stream()
                        .filter(row -> !row.quarantined()
                                && policy.engine().decide(Seen.viewer(caller), facts(row))
                                        instanceof Decision.Permitted)
                        .map(RecordRow::id)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * All of them are in the caller's sight; what is out of it fails like what does not exist (I4).
     *
     * @param named by pointer
     */
    void requireInSight(Caller caller, Map<String, UUID> named) {
        Set<UUID> seen = inSight(caller, Set.copyOf(new HashSet<>(named.values())));
        List<FieldFault> faults = named.entrySet().stream()
                .filter(each -> !seen.contains(each.getValue()))
                .map(each -> new FieldFault(each.getKey(), "UNKNOWN"))
                .toList();
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }

    private boolean seesWhole(Caller caller, RecordRow row) {
        return policy.engine().decide(Seen.viewer(caller), facts(row).withoutGrants())
                        instanceof Decision.Permitted seen
                && seen.view().shows(View.FULL);
    }

    /** A criminal filing that the caller sees in full, to post a stage of it; a grant shows, and lets nobody take part. */
    Optional<RecordRow> filing(Caller caller, UUID id) {
        return rows.seen(id, FILING, Seen.viewers(caller))
                .filter(row -> !row.quarantined())
                .filter(row -> CRIMINAL.equals(row.attributes().get("filingType")))
                .filter(row -> seesWhole(caller, row));
    }

    /** What the engine decides from; the one place that says which label is in force. */
    RecordFacts facts(RecordRow row) {
        return new RecordFacts(
                row.kind(),
                row.attributes(),
                new UnitsAround(
                        row.ownerUnit(),
                        Set.copyOf(row.addressees()),
                        row.senders(),
                        row.referrers(),
                        row.appealedTo(),
                        row.handlers(),
                        row.requesters(),
                        row.members()),
                row.milestones(),
                row.participants(),
                row.label().inForce(LocalDate.now(Occurred.ZONE), milestone -> stands(row, milestone)),
                row.grants());
    }

    /** Whether it stands, in the filing of the record, for everybody whom the record concerns. */
    private static boolean stands(RecordRow row, Milestone milestone) {
        UUID filing = row.filing() == null ? row.id() : row.filing();
        return !row.participants().isEmpty()
                && row.participants().stream()
                        .allMatch(who -> row.milestones().contains(new MilestoneFact(milestone.name(), who, filing)));
    }

    static Set<UUID> participants(Content content) {
        List<Participant> stated = content.participants();
        return stated == null
                ? Set.of()
                : stated.stream().map(Participant::id).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
    }

    private <C extends Content> Seen<C> admitted(Caller caller, Trace trace, Kind<C> kind, Optional<RecordRow> row) {
        String version = policy.policies().version();
        trace.concerns(kind.code());
        trace.decided("NO_SIGHT", version);
        Seen<C> seen =
                row.flatMap(r -> look(caller, kind, r)).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        trace.decided(seen.permitted().rule(), version);
        return seen;
    }
}
