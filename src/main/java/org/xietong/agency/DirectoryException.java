package org.xietong.agency;

import java.util.List;

/** The directory refuses what the operator asked, and nothing has changed. For the command line, never for callers. */
public final class DirectoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public DirectoryException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
        this.faults = List.copyOf(faults);
    }

    /** One line per fault: field, then Chinese, then English; all that were found. */
    public List<String> faults() {
        return faults;
    }
}
