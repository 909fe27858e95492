package org.xietong.policy;

import java.util.UUID;

/**
 * The judgment upon a participant was sent up to a unit of second instance, and stands as it was sent: one that was annulled 发回重审
 * and pronounced anew lies there again only when it is sent up again.
 */
public record SentUp(String unit, UUID participant) {}
