package org.xietong.kind;

/** Which procedure a filing opens; each has its own competent agency (POLICE; MSA, IPO, COPYRIGHT; COURT). */
public enum FilingType {
    CRIMINAL,
    ADMINISTRATIVE,
    CIVIL
}
