package org.xietong.api;

import java.util.UUID;
import java.util.regex.Pattern;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Ids as callers write them: in one spelling, so that a text that names one is found by it. */
final class Ids {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,99}");
    /** Nothing in the directory is called so. */
    private static final String NO_NAME = "-";
    /** No record has it: what is no id at all is looked up, and missed, like an id that does not exist. */
    private static final UUID NOBODY = new UUID(0, 0);

    private Ids() {}

    /** An id in a path: a malformed one names nothing, and fails as a nonexistent one does. */
    static UUID path(String text) {
        return FORM.matcher(text).matches() ? UUID.fromString(text) : NOBODY;
    }

    /** An id of the directory in a path, alike. */
    static String name(String text) {
        return NAME.matcher(text).matches() ? text : NO_NAME;
    }

    /** An id in a query. */
    static UUID parse(String parameter, String text) {
        if (!FORM.matcher(text).matches()) {
            throw new ProblemException(ProblemType.INVALID_QUERY, new FieldFault(parameter, "FORMAT"));
        }
        return UUID.fromString(text);
    }
}
