package org.xietong.matter;

/** How one matter stands to another: its civil side, the appeal in it, a part that was split off 另案处理, or otherwise related. */
public enum LinkType {
    CIVIL_OF,
    APPEAL_OF,
    SPLIT_FROM,
    RELATED
}
