package org.xietong.identifier;

/** How far data of the law was checked against its source (I10), so that nobody takes an unverified figure for law. */
public enum Verified {
    /** The text of the law was read. */
    TEXT,
    /** It was read in an excerpt only. */
    EXCERPT,
    /** General knowledge, not checked. */
    NONE
}
