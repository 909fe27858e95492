package org.xietong.record;

/** In which form the original exists 原件形式: what is attached is a copy of paper, or the electronic original itself. */
public enum OriginalForm {
    PAPER,
    ELECTRONIC
}
