package org.xietong.api;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xietong.evidence.TreeHash;
import org.xietong.exchange.TableFormat;
import org.xietong.identifier.CodeLists;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Draft;
import org.xietong.record.RecordQuery;

/** Query parameters: refused with their name and rule where they are not well formed. */
final class QueryParameters {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

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

    /** Whole seconds from 0 up to the longest; none where nothing is asked for. */
    static Duration seconds(String name, @Nullable String text, Duration longest) {
        if (text == null) {
            return Duration.ZERO;
        }
        if (text.isEmpty() || text.length() > 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw fault(name, "NUMBER");
        }
        Duration seconds = Duration.ofSeconds(Integer.parseInt(text));
        if (seconds.compareTo(longest) > 0) {
            throw fault(name, "RANGE");
        }
        return seconds;
    }

    /** CSV where nothing is asked for. */
    static TableFormat tableFormat(@Nullable String text) {
        return switch (text) {
            case null -> TableFormat.CSV;
            case "csv" -> TableFormat.CSV;
            case "xlsx" -> TableFormat.XLSX;
            default -> throw fault("format", "UNKNOWN_CODE");
        };
    }

    /** The tree that the world's tools read, where nothing is asked for. */
    static TreeHash tree(@Nullable String text) {
        return switch (text) {
            case null -> TreeHash.SHA_256;
            case "sha256" -> TreeHash.SHA_256;
            case "sm3" -> TreeHash.SM3;
            default -> throw fault("tree", "UNKNOWN_CODE");
        };
    }

    /** A place in the log, or one behind the last. */
    static long position(String name, @Nullable String text) {
        if (text == null) {
            throw fault(name, "REQUIRED");
        }
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw fault(name, "NUMBER");
        }
        return Long.parseLong(text);
    }

    /** A day as RFC 3339 writes it. */
    static LocalDate day(String name, @Nullable String text) {
        if (text == null) {
            throw fault(name, "REQUIRED");
        }
        try {
            if (DAY.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException noSuchDay) {
            throw fault(name, "DATE");
        }
        throw fault(name, "DATE");
    }

    static boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw fault(name, "BOOLEAN");
        };
    }

    /** One of an enumeration's constants. */
    static <E extends Enum<E>> E constant(String name, @Nullable String text, E usual) {
        return text == null
                ? usual
                : Arrays.stream(usual.getDeclaringClass().getEnumConstants())
                        .filter(each -> each.name().equals(text))
                        .findFirst()
                        .orElseThrow(() -> fault(name, "UNKNOWN_CODE"));
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
