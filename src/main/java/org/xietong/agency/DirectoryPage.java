package org.xietong.agency;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * A page of the directory.
 *
 * @param next opaque cursor of the next page; absent at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DirectoryPage<T>(
        @ZhName("条目") List<T> items,
        @ZhName("下一页游标") @Nullable String next) {

    /** @param found one more than the page holds, if there is a next one */
    static <T> DirectoryPage<T> of(List<T> found, int limit, Function<T, String> id) {
        if (found.size() <= limit) {
            return new DirectoryPage<>(found, null);
        }
        List<T> shown = List.copyOf(found.subList(0, limit));
        byte[] last = id.apply(shown.getLast()).getBytes(StandardCharsets.UTF_8);
        return new DirectoryPage<>(
                shown, Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }

    /** The id at which the page before ended. */
    static String after(String cursor) {
        try {
            String id = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
                    .toString();
            if (id.length() <= 100 && id.chars().allMatch(c -> c > ' ' && c < 127)) {
                return id;
            }
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            // falls through to the same refusal
        }
        throw invalid();
    }

    static UUID id(String cursor) {
        try {
            return UUID.fromString(after(cursor));
        } catch (IllegalArgumentException malformed) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return new ProblemException(ProblemType.INVALID_CURSOR, new FieldFault("after", "SYNTAX"));
    }
}
