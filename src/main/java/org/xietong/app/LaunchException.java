package org.xietong.app;

import org.jspecify.annotations.Nullable;

/**
 * A launch that cannot go on for a reason the operator can mend: told in plain words, Chinese first, without a stack
 * trace, with exit code 1.
 */
public final class LaunchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String zh;
    private final String en;

    LaunchException(String zh, String en) {
        this(zh, en, null);
    }

    LaunchException(String zh, String en, @Nullable Throwable cause) {
        super(zh + " / " + en, cause);
        this.zh = zh;
        this.en = en;
    }

    String zh() {
        return zh;
    }

    String en() {
        return en;
    }
}
