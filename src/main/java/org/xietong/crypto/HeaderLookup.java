package org.xietong.crypto;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the header fields of a message are found. Implementations MUST match names without regard to case. */
@FunctionalInterface
public interface HeaderLookup {
    /** All field lines of that name in order; empty if there is none. Names are asked in lower case. */
    List<String> values(String name);

    /**
     * The field's one value as the signature base has it (RFC 9421 §2.1): each line stripped, joined by ", ". Null if
     * the field is absent. Whoever uses a signed field MUST read it through this method: reading "the first" of two
     * lines would use something other than what was signed.
     */
    default @Nullable String joined(String name) {
        List<String> lines = values(name);
        if (lines.isEmpty()) {
            return null;
        }
        if (lines.size() == 1) {
            return strip(lines.getFirst());
        }
        StringBuilder value = new StringBuilder(strip(lines.getFirst()));
        for (String line : lines.subList(1, lines.size())) {
            value.append(", ").append(strip(line));
        }
        return value.toString();
    }

    private static String strip(String line) {
        int start = 0;
        int end = line.length();
        while (start < end && isOws(line.charAt(start))) {
            start++;
        }
        while (end > start && isOws(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }

    private static boolean isOws(char c) {
        return c == ' ' || c == '\t';
    }
}
