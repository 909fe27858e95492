package org.xietong.agency;

/** What a system may do at all; the policy decides about each record. */
public enum Role {
    /** Reads and writes case records, as far as the policy goes. */
    CASE_SYSTEM,
    /** Reads the log parts that an inquiry opens, never content; units of {@link AgencyCode#AUD} only. */
    AUDITOR,
    /** A console of administrators ({@link AdminRole}): no case, no other role beside it. */
    ADMINISTRATION
}
