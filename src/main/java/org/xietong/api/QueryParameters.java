package org.xietong.api;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.CodeLists;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Draft;
import org.xietong.record.RecordQuery;

/** Query parameters: refused with their name and rule where they are not well formed. */
final class QueryParameters {
    private QueryParameters() {}

    static int limit(@Nullable String text) {
        if (text == null) {
            return RecordQuery.USUAL;
        }
        if (text.length() > 4 || text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw fault("limit", "NUMBER");
        }
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > RecordQuery.MOST) {
            throw fault("limit", "RANGE");
        }
        return limit;
    }

    static boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw fault(name, "BOOLEAN");
        };
    }

    /** A state of the code list; which of them a kind has is told by its lifecycle. */
    static Optional<String> state(@Nullable String text) {
        if (text != null && !CodeLists.standard().contains("states", text)) {
            throw fault("state", "UNKNOWN_CODE");
        }
        return Optional.ofNullable(text);
    }

    /** A case system's own id, by the rule that holds in a body. */
    static String sourceRef(String text) {
        if (text.isEmpty() || text.length() > Draft.MAX_SOURCE_REF) {
            throw fault("sourceRef", "SIZE");
        }
        if (text.indexOf('\u0000') >= 0) {
            throw fault("sourceRef", "CHARACTER");
        }
        return text;
    }

    static void refuseBeside(String name, @Nullable String... others) {
        if (Arrays.stream(others).anyMatch(Objects::nonNull)) {
            throw fault(name, "ALONE");
        }
    }

    private static ProblemException fault(String name, String rule) {
        return new ProblemException(ProblemType.INVALID_QUERY, new FieldFault(name, rule));
    }
}
