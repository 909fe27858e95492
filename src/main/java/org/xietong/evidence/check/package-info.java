/**
 * The offline verifier: reads bundles, and logs in a folder or at an address, believes nothing in them, and names the first fault.
 * What it meets is hostile until proven: bounded in size and count, read piece by piece.
 */
@NullMarked
package org.xietong.evidence.check;

import org.jspecify.annotations.NullMarked;
