package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xietong.agency.Caller;

/**
 * The feed of changes: what appeared, changed, or is gone for the caller's unit, and for himself where he signed. The engine looks
 * at each row again, and a page is filled around what it denies, so that neither length nor cursor tells of it (I4). It reads more at once the longer it finds nothing to tell.
 */
@ApplicationScoped
public class ChangeReading {
    private static final int MOST_AT_ONCE = 1_000;

    private final ChangeRows changes;
    private final RecordRows rows;
    private final Lookup lookup;
    private final RecordViews views;
    private final Kinds kinds;
    private final CurrentPolicy policy;

    ChangeReading(
            ChangeRows changes, RecordRows rows, Lookup lookup, RecordViews views, Kinds kinds, CurrentPolicy policy) {
        this.changes = changes;
        this.rows = rows;
        this.lookup = lookup;
        this.views = views;
        this.kinds = kinds;
        this.policy = policy;
    }

    /** What the caller is to be told after the cursor, oldest first; from the beginning without one. */
    public ChangePage page(Caller caller, Trace trace, Optional<String> after, int limit) {
        trace.decided("CHANGES", policy.policies().version());
        boolean signed = caller.signingOfficer().isPresent();
        ChangeCursor begin = after.map(text -> ChangeCursor.decode(text, caller, changes.seal()))
                .orElseGet(() -> ChangeCursor.start(caller))
                .running(changes.head());
        List<ChangeEntry> shown = new ArrayList<>();
        ChangeCursor reached = begin;
        ChangeCursor looked = begin;
        for (int size = limit + 1; ; size = Math.max(size, Math.min(2 * size, MOST_AT_ONCE))) {
            List<ChangeRows.Row> batch = changes.after(viewers(caller, looked), size);
            Map<UUID, RecordRow> records = load(batch);
            for (ChangeRows.Row row : batch) {
                Optional<Told<?>> told = told(caller, begin, row, Optional.ofNullable(records.get(row.record())));
                if (told.isPresent() && shown.size() == limit) {
                    return new ChangePage(shown, reached.encode(caller, changes.seal()), true);
                }
                told.ifPresent(each -> shown.add(each.tell(caller, trace, views)));
                looked = looked.at(row.position(), signed);
                reached = told.isPresent() ? looked : reached;
            }
            if (batch.size() < size) {
                return new ChangePage(shown, looked.rested().encode(caller, changes.seal()), false);
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
        return visible.map(v -> told(type(row), row, v));
    }

    /** He knew it when the run began; or he passed it in the run, and it went after that. */
    private static boolean wasTold(ChangeRows.Row row, ChangeCursor.Place stood, long head) {
        return row.isKnownAt(stood.begun()) || row.position() > head && row.isKnownAt(stood.reached());
    }

    private static String type(ChangeRows.Row row) {
        return switch (row.slot()) {
            case "SIGHT" -> ChangeEntry.APPEARED;
            case "CONTENT" -> ChangeEntry.CHANGED;
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
