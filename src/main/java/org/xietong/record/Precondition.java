package org.xietong.record;

/** What If-Match asks of a record (RFC 9110 §13.1.1): compared with what this caller sees, never with a version. */
@FunctionalInterface
public interface Precondition {
    Precondition NONE = current -> {};

    /** Throws {@code PRECONDITION_FAILED} where the caller's view is not the one he read. */
    void check(RecordView<?> current);
}
