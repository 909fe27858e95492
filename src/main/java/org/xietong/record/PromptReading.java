package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.deadline.Deadline;
import org.xietong.policy.View;
import org.xietong.threshold.Assessment;

/** Reading prompts to consider a transfer: the unit's open ones, and all of one record. */
@ApplicationScoped
public class PromptReading {
    private static final Cursor OLDEST = new Cursor(Instant.parse("1900-01-01T00:00:00Z"), new UUID(0, 0));

    private final TransferPromptRows rows;
    private final RecordRows records;
    private final RecordViews views;
    private final PromptSight sight;
    private final CurrentPolicy policy;

    PromptReading(
            TransferPromptRows rows, RecordRows records, RecordViews views, PromptSight sight, CurrentPolicy policy) {
        this.rows = rows;
        this.records = records;
        this.views = views;
        this.sight = sight;
        this.policy = policy;
    }

    /** A page of the unit's open prompts, the oldest first; filled around those whose record the caller does not see in full. */
    public PromptPage list(Caller caller, Trace trace, Instant now, Optional<String> cursor, int limit) {
        trace.decided("PROMPTS", policy.policies().version());
        Cursor after = cursor.map(Cursor::decode).orElse(OLDEST);
        List<PromptSight.Told> shown = new ArrayList<>();
        while (true) {
            List<TransferPrompt> found = rows.open(caller.unit(), after, limit + 1);
            for (PromptSight.Told told : told(caller, found, now)) {
                if (shown.size() == limit) {
                    return new PromptPage(
                            views(trace, shown),
                            null,
                            place(shown.getLast().prompt()).encode());
                }
                shown.add(told);
            }
            if (found.size() <= limit) {
                return new PromptPage(views(trace, shown), null, null);
            }
            after = place(found.getLast());
        }
    }

    /** All of one record that are for the caller, and how it stands to the thresholds now; out of sight it is one that has none. */
    public PromptPage ofRecord(Caller caller, Trace trace, Instant now, UUID record) {
        trace.decided("PROMPTS", policy.policies().version());
        List<PromptSight.Told> shown = told(caller, rows.ofRecord(record), now);
        Optional<RecordRow> own = records.byIds(List.of(record)).stream()
                .filter(row -> row.ownerUnit().equals(caller.unit()))
                .findFirst();
        PromptPage.@Nullable Standing standing = own.flatMap(row -> standing(caller, trace, sight.kind(row), row))
                .orElse(null);
        return new PromptPage(views(trace, shown), standing, null);
    }

    private <C extends Content> Optional<PromptPage.Standing> standing(
            Caller caller, Trace trace, Kind<C> kind, RecordRow row) {
        return sight.seen(caller, kind, row)
                .filter(seen -> seen.permitted().view().shows(View.FULL))
                .flatMap(seen -> seen.content().suspected(row.state()).map(suspected -> {
                    views.mention(trace, kind, seen);
                    Assessment now = TransferPrompts.measured(suspected, row.recordedAt());
                    return new PromptPage.Standing(now.reached(), now.unknown(), now.suspicion());
                }));
    }

    /** Those that are for the caller, in their order. */
    List<PromptSight.Told> told(Caller caller, List<TransferPrompt> found, Instant now) {
        Map<UUID, RecordRow> byId =
                records
                        .byIds(found.stream()
                                .map(TransferPrompt::record)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(RecordRow::id, Function.identity()));
        Map<UUID, Deadline> deadlines = sight.deadlines(found);
        List<PromptSight.Told> told = new ArrayList<>();
        for (TransferPrompt prompt : found) {
            RecordRow row = byId.get(prompt.record());
            Deadline deadline = deadlines.get(prompt.deadline());
            if (row != null && sight.shows(caller, prompt, deadline, now)) {
                told(caller, sight.kind(row), row, prompt, deadline).ifPresent(told::add);
            }
        }
        return told;
    }

    private <C extends Content> Optional<PromptSight.Told> told(
            Caller caller, Kind<C> kind, RecordRow row, TransferPrompt prompt, @Nullable Deadline deadline) {
        return sight.seen(caller, kind, row)
                .map(seen -> new PromptSight.Told(prompt, deadline, seen, trace -> views.mention(trace, kind, seen)));
    }

    /** As the caller reads them, each record's disclosure written down once. */
    List<PromptView> views(Trace trace, List<PromptSight.Told> shown) {
        Map<UUID, String> reasons =
                rows.reasons(shown.stream().map(told -> told.prompt().id()).toList());
        Set<UUID> mentioned = new HashSet<>();
        List<PromptView> told = new ArrayList<>();
        for (PromptSight.Told each : shown) {
            if (mentioned.add(each.prompt().record())) {
                each.mention().accept(trace);
            }
            told.add(sight.view(
                    each.prompt(),
                    each.deadline(),
                    each.seen(),
                    reasons.get(each.prompt().id())));
        }
        return told;
    }

    private static Cursor place(TransferPrompt prompt) {
        return new Cursor(prompt.raisedAt(), prompt.id());
    }
}
