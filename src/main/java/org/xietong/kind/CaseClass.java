package org.xietong.kind;

/** 案件类别: what a court tries and enforces. */
public enum CaseClass {
    CRIMINAL,
    CIVIL,
    ADMINISTRATIVE
}
