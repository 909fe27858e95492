package org.xietong.policy;

import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param unit id of the unit that the system's key belongs to (I5)
 * @param signedOfficer id of the officer who signed this request with his own key, or null
 * @param attended whether a purpose and an officer are named
 */
public record Viewer(String unit, @Nullable String signedOfficer, boolean attended) {}
