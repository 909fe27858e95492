package org.xietong.label;

/**
 * The confidentiality level 保密标签 of a record, in rising order. State secrets 国家秘密 have no constant here: they may not
 * be stored on this system at all (保守国家秘密法 art. 31(3), I7) and {@link StateSecretGuard} refuses their levels by name.
 */
public enum Level {
    PUBLIC("公开"),
    INTERNAL("内部"),
    /** 工作秘密, 保守国家秘密法 art. 64: marked and reviewed by two officers. */
    WORK_SECRET("工作秘密"),
    /** 工作秘密 that only the units and persons of its scope may know. */
    WORK_SECRET_LIMITED("工作秘密（限定人员）");

    private final String zh;

    Level(String zh) {
        this.zh = zh;
    }

    public String zh() {
        return zh;
    }

    public boolean atLeast(Level other) {
        return compareTo(other) >= 0;
    }

    /** Whether the level is given by a marking officer and confirmed by a second one (I11). */
    public boolean needsTwoOfficers() {
        return atLeast(WORK_SECRET);
    }
}
