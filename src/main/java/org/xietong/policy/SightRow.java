package org.xietong.policy;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The greatest view that an attended reader has of a record.
 *
 * @param viewer id of a unit; of an officer where {@code person}
 * @param person whether the sight is that officer's alone, who must sign with his own key
 * @param hidden what is hidden beyond the view; where it holds {@code day}, no list may sort this record by its time (I4)
 * @param until when it ends, where it rests on a grant; null = it does not end by itself
 * @param only whom it is limited to; empty = everybody whom the record concerns
 */
public record SightRow(
        String viewer,
        boolean person,
        View view,
        Set<String> hidden,
        @Nullable Instant until,
        Set<UUID> only) {
    public SightRow(String viewer, boolean person, View view, Set<String> hidden) {
        this(viewer, person, view, hidden, null, Set.of());
    }
}
