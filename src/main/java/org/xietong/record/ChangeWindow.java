package org.xietong.record;

import org.xietong.identifier.ZhName;

/**
 * What a page adds to what its reader had been told: its entries lead from one tally to the other. Two pages that follow one another
 * meet in the same tally, and any two cursors that a reader has kept bound a window of which he knows count and digest.
 */
public record ChangeWindow(
        @ZhName("本页之前") ChangeTally from, @ZhName("本页之后") ChangeTally to) {}
