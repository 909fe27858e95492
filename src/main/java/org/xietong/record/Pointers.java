package org.xietong.record;

import java.util.regex.Pattern;

/** JSON pointers (RFC 6901) that never carry what a caller wrote beyond plain field names. */
final class Pointers {
    private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

    private Pointers() {}

    /**
     * The pointer to a field of an object. A name that does not look like a field name (a value in the place of a name) is not
     * repeated: the pointer stays at the object.
     */
    static String child(String pointer, String name) {
        return FIELD_NAME.matcher(name).matches() ? pointer + "/" + name : pointer;
    }
}
