package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.deadline.CaseClocks;
import org.xietong.deadline.Deadline;
import org.xietong.deadline.DeadlineConfig;
import org.xietong.deadline.DeadlineRange;
import org.xietong.policy.View;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Reading deadlines. One shows to who sees the record that started it in full, and the participant that it is about: what it was
 * fulfilled by may be told to nobody else. The engine looks at each again, and a page is filled around what it denies (I4).
 */
@ApplicationScoped
public class DeadlineReading {
    private final CaseClocks clocks;
    private final DeadlineSight sight;
    private final Lookup lookup;
    private final RecordViews views;
    private final CurrentPolicy policy;
    private final DeadlineOrderRows orders;
    private final DeadlineConfig config;

    DeadlineReading(
            CaseClocks clocks,
            DeadlineSight sight,
            Lookup lookup,
            RecordViews views,
            CurrentPolicy policy,
            DeadlineOrderRows orders,
            DeadlineConfig config) {
        this.clocks = clocks;
        this.sight = sight;
        this.lookup = lookup;
        this.views = views;
        this.policy = policy;
        this.orders = orders;
        this.config = config;
    }

    /** A page of open deadlines, the first due first. */
    public DeadlinePage list(Caller caller, Trace trace, Instant now, DeadlineQuery query) {
        trace.decided("DEADLINES", policy.policies().version());
        Optional<Cursor> after = query.after().map(Cursor::decode);
        List<DeadlineSight.Told<?>> shown = new ArrayList<>();
        @Nullable Cursor last = null;
        while (true) {
            List<Deadline> found = found(caller, range(query.when(), after, now), query);
            Map<UUID, RecordRow> records = sight.records(found);
            for (Deadline deadline : found) {
                Optional<DeadlineSight.Told<?>> told =
                        sight.told(caller, deadline, records.get(deadline.record()), now);
                if (told.isPresent() && last != null && shown.size() == query.limit()) {
                    return new DeadlinePage(views(trace, shown, now), last.encode());
                }
                if (told.isPresent()) {
                    shown.add(told.get());
                    last = place(deadline);
                }
            }
            if (found.size() <= query.limit()) {
                return new DeadlinePage(views(trace, shown, now), null);
            }
            after = Optional.of(place(found.getLast()));
        }
    }

    /** All that acts upon the record started, open or not. */
    public <C extends Content> DeadlinePage ofRecord(Caller caller, Trace trace, Instant now, Kind<C> kind, UUID id) {
        Seen<C> seen = lookup.require(caller, trace, kind, id);
        if (!seen.permitted().view().shows(View.FULL)) {
            throw new ProblemException(ProblemType.VIEW_TOO_LOW);
        }
        List<DeadlineSight.Told<?>> shown = clocks.ofRecord(id).stream()
                .filter(deadline -> sight.shows(caller, seen, deadline, now))
                .<DeadlineSight.Told<?>>map(deadline -> new DeadlineSight.Told<>(deadline, kind, seen))
                .toList();
        return new DeadlinePage(views(trace, shown, now), null);
    }

    /** The deadline as the caller may see it; absent, hidden and nonexistent are the same 404 (I4). */
    DeadlineSight.Told<?> require(Caller caller, UUID id, Instant now) {
        Optional<Deadline> deadline = clocks.find(id);
        Map<UUID, RecordRow> records = sight.records(deadline.stream().toList());
        return deadline.flatMap(found -> sight.told(caller, found, records.get(found.record()), now))
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
    }

    /** As the caller reads them, each record's disclosure written down once. */
    List<DeadlineView> views(Trace trace, List<DeadlineSight.Told<?>> shown, Instant now) {
        Map<UUID, List<DeadlineView.Ordered>> ordered =
                orders.of(shown.stream().map(told -> told.deadline().id()).toList());
        Set<UUID> mentioned = new HashSet<>();
        List<DeadlineView> told = new ArrayList<>();
        for (DeadlineSight.Told<?> each : shown) {
            Deadline deadline = each.deadline();
            if (mentioned.add(deadline.record())) {
                each.mention(trace, views);
            }
            told.add(DeadlineView.of(
                    deadline,
                    clocks.rule(deadline),
                    each.seen().row().matter(),
                    each.kind().code(),
                    ordered.getOrDefault(deadline.id(), List.of()),
                    now));
        }
        return told;
    }

    private List<Deadline> found(Caller caller, DeadlineRange range, DeadlineQuery query) {
        return switch (query.whose()) {
            case MINE -> clocks.mine(caller.unit(), range, query.limit() + 1);
            case OVERSEEN -> clocks.overseen(Seen.viewers(caller), range, query.limit() + 1);
        };
    }

    private DeadlineRange range(DeadlineQuery.When when, Optional<Cursor> after, Instant now) {
        Instant soon = now.plus(Duration.ofDays(config.soonDays()));
        return new DeadlineRange(
                after.map(Cursor::at),
                after.map(Cursor::id),
                when == DeadlineQuery.When.SOON ? Optional.of(now) : Optional.empty(),
                switch (when) {
                    case ANY -> Optional.empty();
                    case OVERDUE -> Optional.of(now);
                    case SOON -> Optional.of(soon);
                },
                now);
    }

    private static Cursor place(Deadline deadline) {
        return new Cursor(CaseClocks.place(deadline), deadline.id());
    }
}
