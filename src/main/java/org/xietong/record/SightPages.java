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

/**
 * Pages of sight, newest first. The engine looks at each row a second time, and a page is filled around what it denies, so that
 * neither length nor cursor tells of it (I4). It denies only where sight is behind the policy: a page costs one look more than
 * it shows.
 */
@ApplicationScoped
class SightPages {
    private final SightRows sight;
    private final RecordRows rows;

    SightPages(SightRows sight, RecordRows rows) {
        this.sight = sight;
        this.rows = rows;
    }

    /** @param next the place of the last one shown, where another is to be shown after it */
    record Page<T>(List<T> shown, Optional<String> next) {}

    /**
     * @param kind none for all kinds, as in a matter's timeline
     * @param look the engine's second look; empty where it denies
     */
    <T> Page<T> page(Caller caller, Optional<String> kind, RecordQuery query, Function<RecordRow, Optional<T>> look) {
        List<T> shown = new ArrayList<>();
        @Nullable Cursor last = null;
        RecordQuery rest = query;
        while (true) {
            List<Cursor> positions = sight.page(Seen.viewers(caller), kind, rest);
            Map<UUID, RecordRow> byId = load(positions);
            for (Cursor position : positions) {
                Optional<T> seen = Optional.ofNullable(byId.get(position.id())).flatMap(look);
                if (seen.isPresent() && last != null && shown.size() == query.limit()) {
                    return new Page<>(shown, Optional.of(last.encode()));
                }
                if (seen.isPresent()) {
                    shown.add(seen.get());
                    last = position;
                }
            }
            if (positions.size() <= query.limit()) {
                return new Page<>(shown, Optional.empty());
            }
            rest = query.after(positions.getLast());
        }
    }

    private Map<UUID, RecordRow> load(List<Cursor> positions) {
        return rows.byIds(positions.stream().map(Cursor::id).toList()).stream()
                .collect(Collectors.toMap(RecordRow::id, Function.identity()));
    }
}
