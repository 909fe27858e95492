package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.xietong.agency.Caller;
import org.xietong.identifier.PaperNumber;
import org.xietong.label.Milestone;
import org.xietong.matter.MatterTies;
import org.xietong.matter.Matters;
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
    private final Matters matters;
    private final MatterTies ties;
    private final SightRows sight;
    private final PaperNumbers numbers;
    private final RecordRows rows;

    MatterReading(
            SightPages pages,
            Lookup lookup,
            RecordViews views,
            Kinds kinds,
            CurrentPolicy policy,
            Matters matters,
            MatterTies ties,
            SightRows sight,
            PaperNumbers numbers,
            RecordRows rows) {
        this.matters = matters;
        this.ties = ties;
        this.sight = sight;
        this.numbers = numbers;
        this.rows = rows;
        this.pages = pages;
        this.lookup = lookup;
        this.views = views;
        this.kinds = kinds;
        this.policy = policy;
    }

    /** The matter with its newest records in sight. */
    public MatterView read(Caller caller, Trace trace, UUID matter) {
        Page page = page(caller, trace, query(matter, Optional.empty(), RecordQuery.MOST));
        List<MatterTies.Invited> invitations = ties.invitations(matter, caller.unit());
        if (page.entries().isEmpty()
                && invitations.stream().noneMatch(i -> i.unit().equals(caller.unit()))) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        trace.decided("TIMELINE", policy.policies().version());
        Set<String> units = new TreeSet<>(page.units());
        if (matters.isMember(matter, caller.unit())) {
            units.add(caller.unit());
        }
        invitations.forEach(i -> units.addAll(List.of(i.unit(), i.byUnit())));
        return new MatterView(
                matter,
                List.copyOf(page.participants()),
                List.copyOf(page.milestones()),
                List.copyOf(units),
                page.entries().isEmpty() ? List.of() : links(caller, matter),
                invitations.stream()
                        .map(i -> new MatterView.Invitation(i.id(), i.unit(), i.byUnit(), RecordViews.shanghai(i.at())))
                        .toList(),
                page.entries());
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

    /** The matters of records that show the caller this number; none and unseen are one and the same (I4). */
    public Resolved resolve(Caller caller, Trace trace, ResolveDraft draft) {
        trace.decided("RESOLVED", policy.policies().version());
        String number = PaperNumber.normal(Objects.requireNonNullElse(draft.number(), ""));
        List<Resolved.Match> matches = new ArrayList<>();
        for (RecordRow row : rows.byIds(numbers.find(number, Seen.viewers(caller)))) {
            bearing(caller, trace, kinds.byCode(row.kind()), row, number).ifPresent(matches::add);
        }
        matches.sort(Comparator.comparing(Resolved.Match::recordId));
        return new Resolved(matches);
    }

    private <C extends Content> Optional<Resolved.Match> bearing(
            Caller caller, Trace trace, Kind<C> kind, RecordRow row, String number) {
        Optional<Seen<C>> seen = lookup.look(caller, kind, row);
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        RecordView<C> view = views.view(caller, kind, seen.get());
        if (view.content() == null
                || !PaperNumbers.of(view.documentNumber(), (Record) view.content())
                        .contains(number)) {
            return Optional.empty();
        }
        views.mention(trace, kind, seen.get());
        return Optional.of(new Resolved.Match(row.matter(), row.kind(), row.id()));
    }

    private List<MatterView.Link> links(Caller caller, UUID matter) {
        List<MatterTies.Linked> links = ties.links(matter, caller.unit());
        Set<UUID> seen = sight.seen(
                Seen.viewers(caller),
                links.stream()
                        .flatMap(link -> Stream.of(link.from(), link.to()))
                        .toList());
        return links.stream()
                .filter(link -> seen.contains(link.from()) && seen.contains(link.to()))
                .map(link -> new MatterView.Link(link.id(), link.type(), link.from(), link.to()))
                .toList();
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
            Set<String> units,
            Optional<String> next) {}

    private static RecordQuery query(UUID matter, Optional<String> after, int limit) {
        return new RecordQuery(Optional.empty(), Optional.of(matter), after, limit, false);
    }

    private Page page(Caller caller, Trace trace, RecordQuery query) {
        trace.decided("NO_SIGHT", policy.policies().version());
        SightPages.Page<Found<?>> found =
                pages.page(caller, Optional.empty(), query, row -> look(caller, kinds.byCode(row.kind()), row));
        Page page = new Page(
                new ArrayList<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), found.next());
        found.shown().forEach(each -> add(caller, trace, each, page));
        if (!page.entries().isEmpty()) {
            trace.decided("TIMELINE", policy.policies().version());
        }
        return page;
    }

    private record Found<C extends Content>(Kind<C> kind, Seen<C> seen) {}

    private <C extends Content> Optional<Found<?>> look(Caller caller, Kind<C> kind, RecordRow row) {
        return lookup.look(caller, kind, row).map(seen -> new Found<>(kind, seen));
    }

    private <C extends Content> void add(Caller caller, Trace trace, Found<C> found, Page page) {
        Seen<C> seen = found.seen();
        RecordView<C> view = views.disclose(caller, trace, found.kind(), seen);
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
