package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xietong.agency.Caller;
import org.xietong.policy.Decision;
import org.xietong.policy.PolicyEngine;
import org.xietong.policy.View;
import org.xietong.policy.Viewer;
import org.xietong.problem.ProblemException;

/**
 * The feed of changes: what appeared, changed, or is gone for the caller's unit, and for himself where he signed. The engine looks
 * at each row again, and a page is filled around what it denies, so that neither length nor cursor tells of it (I4). It reads more at once the longer it finds nothing to tell.
 */
@ApplicationScoped
public class ChangeReading {
    private static final int MOST_AT_ONCE = 1_000;
    /** The sequencer pauses a second at most, and five where another replica takes over. */
    private static final int LOOKS = 60;

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final ChangeRows changes;
    private final ChangeWaits waits;
    private final HeldRecords heldRecords;
    private final RecordRows rows;
    private final Lookup lookup;
    private final RecordViews views;
    private final Kinds kinds;
    private final CurrentPolicy policy;

    ChangeReading(
            ChangeRows changes,
            ChangeWaits waits,
            HeldRecords heldRecords,
            RecordRows rows,
            Lookup lookup,
            RecordViews views,
            Kinds kinds,
            CurrentPolicy policy) {
        this.changes = changes;
        this.waits = waits;
        this.heldRecords = heldRecords;
        this.rows = rows;
        this.lookup = lookup;
        this.views = views;
        this.kinds = kinds;
        this.policy = policy;
    }

    /**
     * What the caller is to be told after the cursor, oldest first; from the beginning without one. While there is nothing it waits as
     * long as he has patience, and says so in an empty page then. Policy and directory are those of the moment of each look.
     *
     * @throws ProblemException INVALID_CURSOR; RATE_LIMITED where too many wait already, or ask what they must hold
     */
    public ChangePage page(Caller caller, Trace trace, ChangeQuery query) {
        ChangeCursor begin = query.after()
                .map(text -> ChangeCursor.decode(text, caller, changes.seal()))
                .orElseGet(() -> ChangeCursor.start(caller));
        Look look = look(caller, begin, query.limit());
        if (look.told().isEmpty() && query.patience().isPositive()) {
            look = waited(caller, look, query);
        }
        trace.decided("CHANGES", policy.policies().version());
        List<ChangeEntry> items = new ArrayList<>();
        ChangeCursor reached = look.reached();
        for (Told<?> each : look.told()) {
            ChangeEntry entry = each.tell(caller, trace, views);
            items.add(entry);
            reached = reached.told(entry);
        }
        return new ChangePage(
                items,
                reached.encode(caller, changes.seal()),
                look.more(),
                new ChangeWindow(begin.tally(), reached.tally()),
                query.held() && !look.more()
                        ? heldRecords.of(viewers(caller, reached)).orElse(null)
                        : null);
    }

    private Look waited(Caller caller, Look first, ChangeQuery query) {
        long until = System.nanoTime() + query.patience().toNanos();
        Look look = first;
        try (ChangeWaits.Place place = waits.take(caller.unit())) {
            while (look.told().isEmpty() && place.untilTold(viewers(caller, look.reached()), look.head(), until)) {
                look = look(caller, look.reached(), query.limit());
            }
        }
        return look;
    }

    /**
     * One look at the feed.
     *
     * @param head how far it went before
     * @param reached where to go on
     * @param leaving whether something that he has not been told of was on its way out
     * @param denied what stands in the feed, and the engine did not show
     */
    private record Look(
            List<Told<?>> told, long head, ChangeCursor reached, boolean more, boolean leaving, Set<UUID> denied) {}

    /**
     * Looks again while something leaves that he has not been told of: he would pass its place without having met it, and be told later that
     * it went. What the engine denies may have left between two statements: the next look shows. What stays denied is a row that an
     * older policy made.
     */
    private Look look(Caller caller, ChangeCursor from, int limit) {
        Set<UUID> stale = new HashSet<>();
        Look look = once(caller, from, limit);
        for (int i = 1; i < LOOKS && isUnsettled(look, stale); i++) {
            stale.addAll(look.denied());
            if (look.leaving() && !paused()) {
                return look;
            }
            look = once(caller, from, limit);
        }
        return look;
    }

    private static boolean isUnsettled(Look look, Set<UUID> stale) {
        return !look.more() && (look.leaving() || !stale.containsAll(look.denied()));
    }

    /** Whether nobody asked us to stop meanwhile. */
    private static boolean paused() {
        try {
            Thread.sleep(BETWEEN);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Look once(Caller caller, ChangeCursor from, int limit) {
        boolean signed = caller.signingOfficer().isPresent();
        long head = changes.head();
        ChangeCursor begin = from.running(head);
        List<Told<?>> shown = new ArrayList<>();
        Set<UUID> denied = new HashSet<>();
        ChangeCursor reached = begin;
        ChangeCursor looked = begin;
        for (int size = limit + 1; ; size = Math.max(size, Math.min(2 * size, MOST_AT_ONCE))) {
            ChangeRows.Batch batch = changes.batch(viewers(caller, looked), viewers(caller, begin), size);
            Map<UUID, RecordRow> records = load(batch.rows());
            for (ChangeRows.Row row : batch.rows()) {
                Optional<Told<?>> told = told(caller, begin, row, Optional.ofNullable(records.get(row.record())));
                if (told.isPresent() && shown.size() == limit) {
                    return new Look(shown, head, reached, true, false, denied);
                }
                told.ifPresent(shown::add);
                if (told.isEmpty() && !row.gone()) {
                    denied.add(row.record());
                }
                looked = looked.at(row.position(), signed);
                reached = told.isPresent() ? looked : reached;
            }
            if (batch.rows().size() < size) {
                return new Look(shown, head, looked.rested(), false, batch.leaving(), denied);
            }
        }
    }

    private static List<ChangeRows.From> viewers(Caller caller, ChangeCursor from) {
        ChangeRows.From unit = new ChangeRows.From(caller.unit(), from.unit().reached());
        return caller.signingOfficer()
                .map(officer ->
                        List.of(unit, new ChangeRows.From(officer, from.person().reached())))
                .orElseGet(() -> List.of(unit));
    }

    private Map<UUID, RecordRow> load(List<ChangeRows.Row> batch) {
        List<UUID> ids = batch.stream().map(ChangeRows.Row::record).distinct().toList();
        return rows.byIds(ids).stream().collect(Collectors.toMap(RecordRow::id, Function.identity()));
    }

    /** An entry before it is told: with the record, where the caller sees it. */
    private record Told<C extends Content>(String type, ChangeRows.Row row, Optional<Visible<C>> visible) {
        ChangeEntry tell(Caller caller, Trace trace, RecordViews views) {
            return visible.map(v -> v.tell(type, caller, trace, views))
                    .orElseGet(() -> ChangeEntry.gone(row.kind(), row.record()));
        }
    }

    private record Visible<C extends Content>(Kind<C> kind, Seen<C> seen) {
        /** Who sees less learns nothing of a record's days; nor by a grant, nor whose sight is limited to some. */
        boolean showsDays(PolicyEngine engine, Viewer viewer) {
            return engine.decide(viewer, seen.facts().withoutGrants()) instanceof Decision.Permitted own
                    && own.view().shows(View.FULL)
                    && own.concernsEverybody();
        }

        ChangeEntry tell(String type, Caller caller, Trace trace, RecordViews views) {
            views.mention(trace, kind, seen);
            return new ChangeEntry(
                    type,
                    kind.code(),
                    seen.row().id(),
                    seen.row().matter(),
                    seen.permitted().view());
        }
    }

    /** Gone is what he had been told of and sees no more; the rest he must see now. */
    private Optional<Told<?>> told(Caller caller, ChangeCursor begin, ChangeRows.Row row, Optional<RecordRow> record) {
        Optional<Visible<?>> visible = record.flatMap(found -> visible(caller, kinds.byCode(found.kind()), found));
        if (row.gone()) {
            ChangeCursor.Place stood = row.viewer().equals(caller.unit()) ? begin.unit() : begin.person();
            return visible.isEmpty() && wasTold(row, stood, begin.head())
                    ? Optional.of(new Told<>(ChangeEntry.GONE, row, Optional.empty()))
                    : Optional.empty();
        }
        String type = type(row);
        return visible.filter(
                        v -> !type.equals(ChangeEntry.DEADLINE) || v.showsDays(policy.engine(), Seen.viewer(caller)))
                .map(v -> told(type, row, v));
    }

    /** He knew it when the run began; or he passed it in the run, and it went after that. */
    private static boolean wasTold(ChangeRows.Row row, ChangeCursor.Place stood, long head) {
        return row.isKnownAt(stood.begun()) || row.position() > head && row.isKnownAt(stood.reached());
    }

    private static String type(ChangeRows.Row row) {
        return switch (row.slot()) {
            case "SIGHT" -> ChangeEntry.APPEARED;
            case "CONTENT" -> ChangeEntry.CHANGED;
            case "DEADLINE" -> ChangeEntry.DEADLINE;
            default -> ChangeEntry.CORRECTION;
        };
    }

    private static <C extends Content> Told<C> told(String type, ChangeRows.Row row, Visible<C> visible) {
        return new Told<>(type, row, Optional.of(visible));
    }

    private <C extends Content> Optional<Visible<?>> visible(Caller caller, Kind<C> kind, RecordRow row) {
        return lookup.look(caller, kind, row).map(seen -> new Visible<>(kind, seen));
    }
}
