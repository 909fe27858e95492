package org.xietong.policy;

import org.xietong.identifier.ZhName;

/** A field that kind and view hide or mask, whether or not a value stands there (I4). */
public record Masked(
        @ZhName("字段") String field,
        @ZhName("原因") Reason reason,
        @ZhName("说明") String zh) {

    /** Why a field is not shown as it is. */
    public enum Reason {
        /** The rule hides it beyond the view. */
        RULE,
        /** The granted view is too low. */
        VIEW,
        /** A caveat is not opened: hidden, or shown masked where its type can be. */
        CAVEAT,
        /** Only what concerns participants who have reached the milestone is shown. */
        PARTICIPANT
    }
}
