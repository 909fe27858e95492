package org.xietong.policy;

/** The policy cannot be used; its message names file and row. The service does not start with it (I2). */
public final class PolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PolicyException(String message) {
        super(message);
    }

    public PolicyException(String message, Throwable cause) {
        super(message, cause);
    }
}
