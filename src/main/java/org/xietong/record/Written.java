package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * What a write answers that made no record of a kind.
 *
 * @param kind one of {@link Kind}
 * @param repeated the request was a repetition; nothing was done again
 * @param firstExchange the exchange that did it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Written(
        @ZhName("编号") UUID id,
        @ZhName("种类") String kind,
        @ZhName("重复请求") @Nullable Boolean repeated,
        @ZhName("首次交换编号") @Nullable UUID firstExchange)
        implements Committed {

    /** What can be written beside records. No kind of record bears such a code: those are lower-case. */
    public enum Kind {
        INVITATION,
        REMOVAL,
        LINK,
        LINK_WITHDRAWAL,
        CORRECTION,
        CORRECTION_REPLY,
        DEADLINE,
        DEADLINE_ORDER,
        PACKET_RECEIPT,
        READING
    }

    public static Written of(Kind kind, UUID id) {
        return new Written(id, kind.name(), null, null);
    }

    /** Whether the code names something that is written beside records. */
    public static boolean isKind(String code) {
        return Arrays.stream(Kind.values()).anyMatch(kind -> kind.name().equals(code));
    }

    /** The answer to a repeated write: what the first one did. */
    public static Written repeated(String kind, UUID id, UUID firstExchange) {
        return new Written(id, kind, true, firstExchange);
    }
}
