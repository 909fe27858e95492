package org.xietong.witness;

import java.io.IOException;
import java.nio.file.Path;

/** Another process witnesses with this state; two would sign what contradicts each other. */
public final class StateInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    StateInUseException(Path folder) {
        super(folder.toString());
    }
}
