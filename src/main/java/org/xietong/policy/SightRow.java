package org.xietong.policy;

import java.util.Set;

/**
 * The greatest view that an attended reader has of a record.
 *
 * @param viewer id of a unit; of an officer where {@code person}
 * @param person whether the sight is that officer's alone, who must sign with his own key
 * @param hidden what is hidden beyond the view; where it holds {@code day}, no list may sort this record by its time (I4)
 */
public record SightRow(String viewer, boolean person, View view, Set<String> hidden) {}
