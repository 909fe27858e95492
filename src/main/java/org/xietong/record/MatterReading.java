package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.xietong.agency.Caller;
import org.xietong.label.Milestone;
import org.xietong.policy.MilestoneFact;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Reads a matter through the records that the caller sees; without one of them there is no matter for him. */
@ApplicationScoped
public class MatterReading {
    private final SightPages pages;
    private final Lookup lookup;
    private final RecordViews views;
    private final Kinds kinds;
    private final CurrentPolicy policy;

    MatterReading(SightPages pages, Lookup lookup, RecordViews views, Kinds kinds, CurrentPolicy policy) {
        this.pages = pages;
        this.lookup = lookup;
        this.views = views;
        this.kinds = kinds;
        this.policy = policy;
    }

    /** The matter with its newest records in sight. */
    public MatterView read(Caller caller, Trace trace, UUID matter) {
        Page page = page(caller, trace, query(matter, Optional.empty(), RecordQuery.MOST));
        if (page.entries().isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        return new MatterView(matter, List.copyOf(page.participants()), List.copyOf(page.milestones()), page.entries());
    }

    /** The records of a matter that are in sight, newest first. */
    public Timeline timeline(Caller caller, Trace trace, UUID matter, Optional<String> after, int limit) {
        Page page = page(caller, trace, query(matter, after, limit));
        if (page.entries().isEmpty() && after.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        return new Timeline(page.entries(), page.next().orElse(null));
    }

    private record Page(
            List<TimelineEntry> entries,
            Set<UUID> participants,
            Set<MatterView.Reached> milestones,
            Optional<String> next) {}

    private static RecordQuery query(UUID matter, Optional<String> after, int limit) {
        return new RecordQuery(Optional.empty(), Optional.of(matter), after, limit, false);
    }

    private Page page(Caller caller, Trace trace, RecordQuery query) {
        trace.decided("NO_SIGHT", policy.policies().version());
        SightPages.Page<Found<?>> found =
                pages.page(caller, Optional.empty(), query, row -> look(caller, kinds.byCode(row.kind()), row));
        Page page = new Page(new ArrayList<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), found.next());
        found.shown().forEach(each -> add(caller, trace, each, page));
        if (!page.entries().isEmpty()) {
            trace.decided("TIMELINE", policy.policies().version());
        }
        return page;
    }

    private record Found<C extends Content>(Kind<C> kind, Seen<C> seen) {}

    private <C extends Content> Optional<Found<?>> look(Caller caller, Kind<C> kind, RecordRow row) {
        return lookup.look(caller, kind, row)
                .filter(seen -> !seen.permitted().hidden().contains("matter"))
                .map(seen -> new Found<>(kind, seen));
    }

    private <C extends Content> void add(Caller caller, Trace trace, Found<C> found, Page page) {
        Seen<C> seen = found.seen();
        page.entries().add(TimelineEntry.of(views.disclose(caller, trace, found.kind(), seen)));
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
