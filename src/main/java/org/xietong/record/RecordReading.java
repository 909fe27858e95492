package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.policy.View;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Reading: one record, a page, a history. Everything that leaves is decided, redacted and traced here. */
@ApplicationScoped
public class RecordReading {
    private final Lookup lookup;
    private final RecordRows rows;
    private final SightRows sight;
    private final RecordViews views;
    private final VersionReader versions;
    private final CurrentPolicy policy;

    RecordReading(
            Lookup lookup,
            RecordRows rows,
            SightRows sight,
            RecordViews views,
            VersionReader versions,
            CurrentPolicy policy) {
        this.lookup = lookup;
        this.rows = rows;
        this.sight = sight;
        this.views = views;
        this.versions = versions;
        this.policy = policy;
    }

    /** One record; out of sight and nonexistent are the same 404. */
    public <C extends Content> RecordView<C> read(Caller caller, Trace trace, Kind<C> kind, UUID id) {
        return views.disclose(caller, trace, kind, lookup.require(caller, trace, kind, id));
    }

    /** A page of one kind, newest first, by keyset. */
    public <C extends Content> RecordPage<C> list(Caller caller, Trace trace, Kind<C> kind, RecordQuery query) {
        trace.concerns(kind.code());
        trace.decided("LIST", policy.policies().version());
        List<String> viewers = Seen.viewers(caller);
        List<Cursor> positions = sight.page(viewers, Optional.of(kind.code()), query);
        List<Cursor> page = positions.subList(0, Math.min(query.limit(), positions.size()));
        Map<UUID, RecordRow> byId = load(page);
        List<RecordView<C>> items = new ArrayList<>();
        for (Cursor position : page) {
            Optional.ofNullable(byId.get(position.id()))
                    .flatMap(row -> lookup.look(caller, kind, row))
                    .ifPresent(seen -> items.add(views.disclose(caller, trace, kind, seen)));
        }
        @Nullable
        String next = positions.size() > query.limit() ? page.getLast().encode() : null;
        @Nullable Long count = query.count() ? sight.count(viewers, Optional.of(kind.code()), query) : null;
        return new RecordPage<>(items, next, count);
    }

    /** The record that the calling system knows under its own id, as a page of one or none. */
    public <C extends Content> RecordPage<C> bySource(Caller caller, Trace trace, Kind<C> kind, String sourceRef) {
        trace.concerns(kind.code());
        trace.decided("LIST", policy.policies().version());
        List<RecordView<C>> items = lookup.bySource(caller, trace, kind, sourceRef).stream()
                .map(seen -> views.disclose(caller, trace, kind, seen))
                .toList();
        return new RecordPage<>(items, null, null);
    }

    /** All versions, for who sees the record in full; each redacted by what he may see now. */
    public <C extends Content> RecordHistory<C> history(Caller caller, Trace trace, Kind<C> kind, UUID id) {
        Seen<C> seen = lookup.require(caller, trace, kind, id);
        if (!seen.permitted().view().shows(View.FULL)) {
            throw new ProblemException(ProblemType.VIEW_TOO_LOW);
        }
        views.disclose(caller, trace, kind, seen);
        return new RecordHistory<>(
                id,
                versions.of(kind, id).stream().map(v -> entry(caller, v, seen)).toList());
    }

    private <C extends Content> RecordHistory.Entry<C> entry(Caller caller, VersionReader.Version<C> v, Seen<C> seen) {
        return new RecordHistory.Entry<>(
                v.version(),
                v.act(),
                v.unit(),
                RecordViews.shanghai(v.at()),
                v.state(),
                v.actContent(),
                views.redacted(v.content(), seen.permitted()),
                v.unit().equals(caller.unit()) ? v.exchange() : null);
    }

    Map<UUID, RecordRow> load(List<Cursor> page) {
        return rows.byIds(page.stream().map(Cursor::id).toList()).stream()
                .collect(Collectors.toMap(RecordRow::id, Function.identity()));
    }
}
