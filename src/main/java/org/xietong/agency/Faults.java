package org.xietong.agency;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a directory file, so that the operator sees all of it at once. */
final class Faults {
    private final List<String> lines = new ArrayList<>();

    /** @param field where in the file, e.g. {@code units[2].parent} */
    void add(String field, String zh, String en) {
        lines.add(line(field, zh, en));
    }

    /** Whether the field stands; adds a fault if it does not. */
    boolean require(String field, String value) {
        if (value.isBlank()) {
            add(field, "必填", "is required");
            return false;
        }
        return true;
    }

    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new DirectoryException(lines);
        }
    }

    static String line(String field, String zh, String en) {
        return field + "：" + zh + " / " + en;
    }
}
