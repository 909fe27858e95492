package org.xietong.threshold;

/** What must be so, beside an amount, for a threshold to apply; a code of {@code threshold-conditions}. */
public enum Condition {
    /** 两种以上注册商标. */
    TWO_MARKS,
    /** 两项以上专利. */
    TWO_PATENTS,
    /** 二年内受过刑事处罚或者行政处罚后再次实施. */
    REPEAT,
    /** Labels 标识 themselves are concerned, not goods that bear them. */
    LABELS
}
