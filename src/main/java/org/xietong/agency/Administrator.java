package org.xietong.agency;

import java.time.Instant;
import java.util.UUID;

/**
 * An officer who administers, in one exchange that he signed with his own key (I11).
 *
 * @param keyId of his signature
 * @param exchange in which he acts; a change is named by the exchange that starts it
 */
public record Administrator(String officer, String keyId, UUID exchange, Instant at) {}
