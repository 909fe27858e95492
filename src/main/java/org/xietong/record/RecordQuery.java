package org.xietong.record;

import java.util.Optional;
import java.util.UUID;

/**
 * What a list asks for. Only fields that every view shows can be filtered by, and none can be sorted by (I4).
 *
 * @param limit 1 to {@value #MOST}
 */
public record RecordQuery(
        Optional<String> state, Optional<UUID> matter, Optional<String> after, int limit, boolean count) {
    public static final int MOST = 100;
    public static final int USUAL = 50;

    RecordQuery after(Cursor position) {
        return new RecordQuery(state, matter, Optional.of(position.encode()), limit, count);
    }
}
