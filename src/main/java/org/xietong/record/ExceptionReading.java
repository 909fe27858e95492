package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.deadline.CaseClocks;
import org.xietong.deadline.Deadline;
import org.xietong.deadline.DeadlineRange;
import org.xietong.deadline.RuleBook;
import org.xietong.matter.Occurred;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The lists of what may have been lost, for the procuratorate that supervises it: of its own level and place by the policy, never
 * by a grant. Each is one stretch of an index with sight tested in it; the engine looks at each line again, and a page is filled around
 * what it denies (I4). While sight is behind the policy there is no list: one that lacks something would pass for whole.
 */
@ApplicationScoped
public class ExceptionReading {
    private static final Instant BEFORE_ALL = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant AFTER_ALL = Instant.parse("3900-01-01T00:00:01Z");
    private static final Cursor FIRST = new Cursor(BEFORE_ALL, new UUID(0, 0));

    private final CaseClocks clocks;
    private final RuleBook rules;
    private final TransferPromptRows prompts;
    private final RefusedTransferRows refused;
    private final RecordRows records;
    private final RecordViews views;
    private final DeadlineSight sight;
    private final DeadlineReading deadlines;
    private final DeadlineOrderRows orders;
    private final PromptSight promptSight;
    private final PromptReading promptReading;
    private final SightRebuild rebuild;
    private final CurrentPolicy policy;

    ExceptionReading(
            CaseClocks clocks,
            RuleBook rules,
            TransferPromptRows prompts,
            RefusedTransferRows refused,
            RecordRows records,
            RecordViews views,
            DeadlineSight sight,
            DeadlineReading deadlines,
            DeadlineOrderRows orders,
            PromptSight promptSight,
            PromptReading promptReading,
            SightRebuild rebuild,
            CurrentPolicy policy) {
        this.clocks = clocks;
        this.rules = rules;
        this.prompts = prompts;
        this.refused = refused;
        this.records = records;
        this.views = views;
        this.sight = sight;
        this.deadlines = deadlines;
        this.orders = orders;
        this.promptSight = promptSight;
        this.promptReading = promptReading;
        this.rebuild = rebuild;
        this.policy = policy;
    }

    /**
     * A page of the list, the earliest first.
     *
     * @throws ProblemException FORBIDDEN for who is no procuratorate, UNAVAILABLE while sight is behind the policy
     */
    public ExceptionPage list(Caller caller, Trace trace, Instant now, ExceptionQuery query) {
        trace.decided("EXCEPTIONS", policy.policies().version());
        if (!sight.isSupervisor(caller.unit())) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
        if (!rebuild.isCurrent()) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
        Cursor after = query.after().map(Cursor::decode).orElse(FIRST);
        List<Line> shown = new ArrayList<>();
        while (true) {
            List<Candidate> found = found(caller, now, query, after);
            for (Line line : lines(caller, now, query.list(), found)) {
                if (shown.size() == query.limit()) {
                    return new ExceptionPage(
                            views(trace, now, shown), shown.getLast().place().encode());
                }
                shown.add(line);
            }
            if (found.size() <= query.limit()) {
                return new ExceptionPage(views(trace, now, shown), null);
            }
            after = found.getLast().place();
        }
    }

    /** What a statement found; whether it is for the caller is not decided yet. */
    private record Candidate(
            Cursor place,
            UUID record,
            @Nullable Deadline deadline,
            DeadlineView.@Nullable Ordered order,
            @Nullable TransferPrompt prompt) {}

    /** What the caller may read. */
    private record Line(
            Cursor place,
            Seen<?> seen,
            DeadlineSight.@Nullable Told<?> deadline,
            DeadlineView.@Nullable Ordered order,
            PromptSight.@Nullable Told prompt,
            Consumer<Trace> mention) {}

    private List<Candidate> found(Caller caller, Instant now, ExceptionQuery query, Cursor after) {
        List<String> viewers = Seen.viewers(caller);
        Span span = span(query, now);
        int limit = query.limit() + 1;
        return switch (query.list()) {
            case NOT_TRANSFERRED, REPORT_NOT_SENT, NOT_FILED, FILED_LATE, OPINION_UNANSWERED, FEEDBACK_OVERDUE ->
                ofDeadlines(clocks.late(viewers, query.list().duties(rules.all()), range(after, span, now), limit));
            case RECORDED_AFTERWARDS -> ofDeadlines(clocks.recordedLater(viewers, range(after, span, now), limit));
            case MOVED_BY_ORDER -> moved(orders.moved(viewers, after, span, limit));
            case REFUSED ->
                refused.page(viewers, after, span, limit).stream()
                        .map(place -> new Candidate(place, place.id(), null, null, null))
                        .toList();
            case DECIDED_NOT_TO_TRANSFER ->
                prompts.decided(viewers, after, span, limit).stream()
                        .map(each -> new Candidate(
                                new Cursor(Objects.requireNonNull(each.endedAt()), each.id()),
                                each.record(),
                                null,
                                null,
                                each))
                        .toList();
        };
    }

    private static DeadlineRange range(Cursor after, Span span, Instant now) {
        return new DeadlineRange(
                Optional.of(after.at()),
                Optional.of(after.id()),
                Optional.of(span.from()),
                Optional.of(span.until()),
                now);
    }

    private static List<Candidate> ofDeadlines(List<Deadline> found) {
        return found.stream()
                .map(each ->
                        new Candidate(new Cursor(CaseClocks.place(each), each.id()), each.record(), each, null, null))
                .toList();
    }

    private List<Candidate> moved(List<DeadlineOrderRows.Moved> found) {
        Map<UUID, Deadline> byId = clocks
                .byIds(found.stream().map(DeadlineOrderRows.Moved::deadline).toList())
                .stream()
                .collect(Collectors.toMap(Deadline::id, Function.identity()));
        return found.stream()
                .map(each -> new Candidate(each.place(), each.record(), byId.get(each.deadline()), each.order(), null))
                .toList();
    }

    /** Of what is still open nothing is late that ends hereafter. */
    private static Span span(ExceptionQuery query, Instant now) {
        Instant latest = query.list().isOpen() ? now.plusNanos(1_000) : AFTER_ALL;
        Instant from = query.from().map(ExceptionReading::start).orElse(BEFORE_ALL);
        Instant until = query.until().map(day -> start(day.plusDays(1))).orElse(AFTER_ALL);
        return new Span(from, until.isBefore(latest) ? until : latest);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(Occurred.ZONE).toInstant();
    }

    private List<Line> lines(Caller caller, Instant now, ExceptionList list, List<Candidate> found) {
        Map<UUID, RecordRow> byId = records
                .byIds(found.stream().map(Candidate::record).distinct().toList())
                .stream()
                .collect(Collectors.toMap(RecordRow::id, Function.identity()));
        Map<UUID, PromptSight.Told> told = told(caller, now, list, found);
        List<Line> lines = new ArrayList<>();
        for (Candidate each : found) {
            RecordRow row = byId.get(each.record());
            if (row != null && row.erased() == null) {
                line(caller, now, list, each, sight.kind(row), row, told).ifPresent(lines::add);
            }
        }
        return lines;
    }

    /** The prompts of the page, by what the statement found: themselves, or the deadlines that they started. */
    private Map<UUID, PromptSight.Told> told(Caller caller, Instant now, ExceptionList list, List<Candidate> found) {
        List<TransferPrompt> asked = list == ExceptionList.NOT_TRANSFERRED
                ? prompts.ofDeadlines(
                        found.stream().map(each -> each.place().id()).toList())
                : found.stream()
                        .flatMap(each -> Stream.ofNullable(each.prompt()))
                        .toList();
        return promptReading.told(caller, asked, now).stream()
                .collect(Collectors.toMap(
                        each -> list == ExceptionList.NOT_TRANSFERRED
                                ? each.prompt().deadline()
                                : each.prompt().id(),
                        Function.identity()));
    }

    private <C extends Content> Optional<Line> line(
            Caller caller,
            Instant now,
            ExceptionList list,
            Candidate candidate,
            Kind<C> kind,
            RecordRow row,
            Map<UUID, PromptSight.Told> told) {
        return sight.byRight(caller, kind, row).flatMap(seen -> {
            PromptSight.@Nullable Told prompt = told.get(candidate.place().id());
            Deadline deadline = candidate.deadline();
            if (list.isOfPrompts() && prompt == null || candidate.order() != null && deadline == null) {
                return Optional.empty();
            }
            if (deadline != null && !sight.shows(caller, seen, deadline, now)) {
                return Optional.empty();
            }
            return Optional.of(new Line(
                    candidate.place(),
                    seen,
                    deadline == null ? null : new DeadlineSight.Told<>(deadline, kind, seen),
                    candidate.order(),
                    prompt,
                    trace -> views.mention(trace, kind, seen)));
        });
    }

    private List<ExceptionView> views(Trace trace, Instant now, List<Line> shown) {
        List<DeadlineSight.Told<?>> ofDeadlines = new ArrayList<>();
        List<PromptSight.Told> ofPrompts = new ArrayList<>();
        for (Line line : shown) {
            if (line.deadline() != null) {
                ofDeadlines.add(line.deadline());
            }
            if (line.prompt() != null) {
                ofPrompts.add(
                        line.deadline() == null ? line.prompt() : line.prompt().mentioned());
            }
        }
        Iterator<DeadlineView> deadlineViews =
                deadlines.views(trace, ofDeadlines, now).iterator();
        Iterator<PromptView> promptViews = promptReading.views(trace, ofPrompts).iterator();
        List<ExceptionView> views = new ArrayList<>();
        for (Line line : shown) {
            if (line.deadline() == null && line.prompt() == null) {
                line.mention().accept(trace);
            }
            views.add(ExceptionView.of(
                    line.seen(),
                    line.deadline() == null ? null : deadlineViews.next(),
                    line.order(),
                    line.prompt() == null ? null : promptViews.next()));
        }
        return views;
    }
}
