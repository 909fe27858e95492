package org.xietong.matter;

import java.util.UUID;
import org.xietong.policy.NameMask;

/** How this room masks names, and the id that stands for no participant. */
final class Names {
    /** The nil UUID (RFC 9562 §5.9): in no set of participants, so that what concerns nobody in particular stays closed. */
    static final UUID NOBODY = new UUID(0, 0);

    private static final NameMask MASK = NameMask.load();

    private Names() {}

    static String mask(String name) {
        return MASK.mask(name);
    }
}
