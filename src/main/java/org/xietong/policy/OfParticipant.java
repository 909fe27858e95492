package org.xietong.policy;

import java.util.UUID;

/**
 * An element of a content that concerns one participant. Where milestones alone open a record, only the elements of the
 * participants for whom they stand are shown.
 */
public interface OfParticipant {
    UUID participantId();
}
