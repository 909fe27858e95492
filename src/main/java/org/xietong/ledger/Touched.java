package org.xietong.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subject that an exchange disclosed or changed, so that its owner finds the exchange.
 *
 * @param subject opaque id of what was touched
 * @param thread opaque id of the thread it belongs to
 * @param ownerUnit the unit that may ask who touched it
 * @param changed whether it was changed, rather than disclosed
 */
public record Touched(UUID subject, @Nullable UUID thread, String ownerUnit, boolean changed) {}
