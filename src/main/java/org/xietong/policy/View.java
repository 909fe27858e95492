package org.xietong.policy;

/** How much of a record is shown, in rising order. Out of sight is the absence of a view, not a constant. */
public enum View {
    METADATA,
    SUMMARY,
    FULL;

    public boolean shows(View least) {
        return compareTo(least) >= 0;
    }

    public View min(View other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public View max(View other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
