package org.xietong.ledger;

import java.util.Set;

/**
 * One part of an entry before it is sealed (exchange-log, "Entry and its parts").
 *
 * @param name one of {@link #NAMES}
 * @param index 0 for the parts that occur once; for {@code disclosed} and {@code changed} the position, from 0, without gaps
 * @param bytes canonical JSON (RFC 8785); MUST NOT be changed afterwards, they are hashed and stored as they are
 */
public record PartContent(String name, int index, byte[] bytes) {
    public static final String REQUEST = "request";
    public static final String PURPOSE = "purpose";
    public static final String DECISION = "decision";
    public static final String DISCLOSED = "disclosed";
    public static final String CHANGED = "changed";
    public static final String RESPONSE = "response";

    /** Every name that a part can have. */
    public static final Set<String> NAMES = Set.of(REQUEST, PURPOSE, DECISION, DISCLOSED, CHANGED, RESPONSE);

    /** The parts that an entry holds as lists, empty ones included. */
    static final Set<String> LISTS = Set.of(DISCLOSED, CHANGED);

    public PartContent {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no such part");
        }
        if (index < 0 || (index > 0 && !LISTS.contains(name))) {
            throw new IllegalArgumentException("part " + name + " cannot have index " + index);
        }
    }

    /** A part that occurs once. */
    public static PartContent of(String name, byte[] bytes) {
        return new PartContent(name, 0, bytes);
    }
}
