package org.xietong.bench;

import org.jspecify.annotations.Nullable;

/** A measurement that cannot go on, told in words. */
final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchException(String zh, String en) {
        this(zh, en, null);
    }

    BenchException(String zh, String en, @Nullable Throwable cause) {
        super(zh + " / " + en, cause);
    }
}
