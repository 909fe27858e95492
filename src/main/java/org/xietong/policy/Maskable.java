package org.xietong.policy;

import java.util.Set;
import org.xietong.label.Caveat;

/**
 * A part of a content that can be shown masked, such as a participant: with 张某 for a name and no identifier.
 *
 * @param <T> the implementing type itself
 */
public interface Maskable<T> {
    /** Caveats that close something in any part that speaks of a person. */
    Set<Caveat> PERSONAL = Set.of(Caveat.PI, Caveat.SENSITIVE_PI, Caveat.MINOR);

    /**
     * This part with everything masked that the opened caveats do not open. MUST return the same type, MUST be pure, MUST heed
     * no caveats but {@link #PERSONAL} and those of the field's {@link Shown}, and MUST return an equal part where all these
     * are opened.
     */
    T masked(Set<Caveat> opened);
}
