package org.xietong.agency;

import java.util.ArrayList;
import java.util.List;
import org.xietong.problem.FieldFault;

/** Collects what is wrong with entries of the directory, so that the operator or caller sees all of it at once. */
final class Faults {
    private final List<String> lines = new ArrayList<>();
    private final List<FieldFault> coded = new ArrayList<>();

    /**
     * @param field where in the file, e.g. {@code units[2].parent}
     * @param rule stable code of the rule, for callers of the API
     */
    void add(String field, String rule, String zh, String en) {
        lines.add(line(field, zh, en));
        coded.add(new FieldFault(field, rule));
    }

    /** Whether the field stands; adds a fault if it does not. */
    boolean require(String field, String value) {
        if (value.isBlank()) {
            add(field, "REQUIRED", "必填", "is required");
            return false;
        }
        return true;
    }

    /** The same faults for callers of the API. */
    List<FieldFault> coded() {
        return List.copyOf(coded);
    }

    int count() {
        return lines.size();
    }

    boolean isEmpty() {
        return lines.isEmpty();
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
