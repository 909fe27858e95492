package org.xietong.policy;

import java.util.Set;
import org.xietong.label.Caveat;

/**
 * A part of a content that can be shown masked, such as a participant: with 张某 for a name and no identifier.
 *
 * @param <T> the implementing type itself
 */
public interface Maskable<T> {

    /**
     * This part with everything masked that the opened caveats do not open. MUST return the same type, MUST be pure, and MUST
     * return an equal part where all its caveats are opened.
     */
    T masked(Set<Caveat> opened);
}
