package org.xietong.problem;

import java.util.List;

/** Ends an exchange with a problem. Carries codes only: no value, no SQL, no stack reaches a caller. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldFault> faults;

    public ProblemException(ProblemType type, FieldFault... faults) {
        this(type, List.of(faults));
    }

    public ProblemException(ProblemType type, List<FieldFault> faults) {
        super(type.name(), null, false, false);
        this.type = type;
        this.faults = List.copyOf(faults);
    }

    public ProblemType type() {
        return type;
    }

    public List<FieldFault> faults() {
        return faults;
    }
}
