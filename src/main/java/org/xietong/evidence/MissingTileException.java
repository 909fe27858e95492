package org.xietong.evidence;

import java.io.IOException;

/** A tile that a tree of this size must have is not there. */
public final class MissingTileException extends IOException {
    private static final long serialVersionUID = 1L;

    MissingTileException(TilePath path) {
        super(path.path());
    }
}
