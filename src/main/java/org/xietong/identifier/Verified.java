package org.xietong.identifier;

import com.fasterxml.jackson.annotation.JsonAlias;

/**
 * How far data of the law was checked against its source (I10), so that nobody takes an unverified figure for law. The
 * files write it in lower case.
 */
public enum Verified {
    /** The text of the law was read. */
    @JsonAlias("text")
    TEXT,
    /** It was read in an excerpt only. */
    @JsonAlias("excerpt")
    EXCERPT,
    /** General knowledge, not checked. */
    @JsonAlias("none")
    NONE
}
