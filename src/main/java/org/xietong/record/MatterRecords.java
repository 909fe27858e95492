package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.xietong.agency.Caller;
import org.xietong.label.Milestone;
import org.xietong.matter.Matters;
import org.xietong.policy.MilestoneFact;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** The records of a matter that a caller sees: whatever he may know of the matter comes from them (I4). */
@ApplicationScoped
class MatterRecords {
    private final SightPages pages;
    private final Lookup lookup;
    private final RecordViews views;
    private final Kinds kinds;
    private final CurrentPolicy policy;
    private final Matters matters;

    MatterRecords(
            SightPages pages, Lookup lookup, RecordViews views, Kinds kinds, CurrentPolicy policy, Matters matters) {
        this.pages = pages;
        this.lookup = lookup;
        this.views = views;
        this.kinds = kinds;
        this.policy = policy;
        this.matters = matters;
    }

    /** A page of them, newest first, with what they name. */
    record Page(
            List<TimelineEntry> entries,
            Set<UUID> participants,
            Set<MatterView.Reached> milestones,
            Set<String> units,
            Optional<String> next) {}

    Page page(Caller caller, Trace trace, UUID matter, Optional<String> after, int limit) {
        trace.decided("NO_SIGHT", policy.policies().version());
        SightPages.Page<Found<?>> found = pages.page(
                caller,
                Optional.empty(),
                query(matter, after, limit),
                row -> look(caller, kinds.byCode(row.kind()), row));
        Page page = new Page(
                new ArrayList<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), found.next());
        found.shown().forEach(each -> add(caller, trace, each, page));
        if (!page.entries().isEmpty()) {
            trace.decided("TIMELINE", policy.policies().version());
        }
        return page;
    }

    /** Whether any record of the matter is in the caller's sight. */
    boolean sees(Caller caller, Trace trace, UUID matter) {
        trace.decided("NO_SIGHT", policy.policies().version());
        return !pages.page(
                        caller,
                        Optional.empty(),
                        query(matter, Optional.empty(), 1),
                        row -> look(caller, kinds.byCode(row.kind()), row))
                .shown()
                .isEmpty();
    }

    /** Whom all records in sight name, as far as they show each of them. */
    Set<UUID> participants(Caller caller, UUID matter) {
        Set<UUID> named = new HashSet<>();
        Optional<String> after = Optional.empty();
        do {
            Page page = page(caller, new Trace(), matter, after, RecordQuery.MOST);
            named.addAll(page.participants());
            after = page.next();
        } while (after.isPresent());
        return named;
    }

    /** Whether the caller's unit is in the matter and sees something of it. */
    boolean isIn(Caller caller, UUID matter) {
        return sees(caller, new Trace(), matter) && matters.isMember(matter, caller.unit());
    }

    /**
     * Sees something of it, else 404; is in it, else 403. The matter's lock is held afterwards; who was taken out while he
     * waited for it is in it no more.
     */
    void requireIn(WriteContext context, UUID matter) {
        String unit = context.caller().unit();
        if (!sees(context.caller(), context.trace(), matter)) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        if (!matters.isMember(matter, unit) || !matters.lock(matter) || !matters.isMember(matter, unit)) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
        context.trace().decided("MEMBER", policy.policies().version());
    }

    private static RecordQuery query(UUID matter, Optional<String> after, int limit) {
        return new RecordQuery(Optional.empty(), Optional.of(matter), after, limit, false);
    }

    private record Found<C extends Content>(Kind<C> kind, Seen<C> seen) {}

    private <C extends Content> Optional<Found<?>> look(Caller caller, Kind<C> kind, RecordRow row) {
        return lookup.look(caller, kind, row).map(seen -> new Found<>(kind, seen));
    }

    private <C extends Content> void add(Caller caller, Trace trace, Found<C> found, Page page) {
        Seen<C> seen = found.seen();
        RecordView<C> view = views.disclose(caller, trace, found.kind(), seen, RecordViews.Named.NOTHING);
        page.entries().add(TimelineEntry.of(view));
        Optional.ofNullable(view.owner()).map(RecordView.Owner::unit).ifPresent(page.units()::add);
        Optional.ofNullable(view.addressees()).ifPresent(page.units()::addAll);
        page.participants().addAll(seen.participants());
        for (MilestoneFact fact : seen.row().ownMilestones()) {
            if (seen.concerns(fact.participant())) {
                page.milestones()
                        .add(new MatterView.Reached(
                                Milestone.valueOf(fact.milestone()),
                                fact.participant(),
                                seen.row().id()));
            }
        }
    }
}
