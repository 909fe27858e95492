package org.xietong.agency;

/** What an outside recipient 系统外接收单位 is: a code of {@code outside-kinds}. */
public enum OutsideKind {
    COURT,
    POLICE,
    PROCURATORATE,
    /** 行政执法机关 of another city. */
    AGENCY,
    /** 司法局. */
    JUSTICE_BUREAU,
    /** 监察机关. */
    SUPERVISORY_COMMISSION,
    /** 看守所. */
    DETENTION_HOUSE,
    /** 社区矫正机构. */
    COMMUNITY_CORRECTION
}
