package org.xietong.policy;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An element of a content that concerns one participant. Where milestones alone open a record, only the elements of the
 * participants for whom they stand are shown.
 */
public interface OfParticipant {
    /** Null where nobody is named yet; such an element is shown to nobody whose sight is limited. */
    @Nullable
    UUID participantId();
}
