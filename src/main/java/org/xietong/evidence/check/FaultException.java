package org.xietong.evidence.check;

/** Evidence is not accepted: the first fault, and where. Nothing of the content. */
public final class FaultException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final String file;

    /** @param file the file it was found in; the bundle's own path inside, or what was given to check */
    FaultException(Fault fault, String file) {
        super(fault.name() + " " + file, null, false, false);
        this.fault = fault;
        this.file = file;
    }

    public Fault fault() {
        return fault;
    }

    public String file() {
        return file;
    }
}
