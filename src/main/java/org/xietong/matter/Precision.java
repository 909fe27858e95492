package org.xietong.matter;

/** How precisely a time is known. Days and months are those of Asia/Shanghai. */
public enum Precision {
    MINUTE,
    DAY,
    MONTH,
    UNKNOWN
}
