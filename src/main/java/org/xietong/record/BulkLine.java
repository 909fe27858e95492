package org.xietong.record;

import java.util.Optional;

/**
 * One line of a bulk request.
 *
 * @param idempotencyKey its own; there always where no source reference is
 * @param sourceRef where there is one, the line registers or amends by it; else it registers
 */
public record BulkLine<C extends Content>(
        Optional<String> idempotencyKey, Optional<String> sourceRef, Draft<C> draft) {}
