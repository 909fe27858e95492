/**
 * What proves the log to whoever distrusts it: hash trees, tiles, proofs, signed notes. Uses {@code crypto} and the
 * JDK alone, so that the offline verifier is these two rooms and Bouncy Castle.
 */
@NullMarked
package org.xietong.evidence;

import org.jspecify.annotations.NullMarked;
