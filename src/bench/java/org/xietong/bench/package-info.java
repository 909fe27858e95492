/** Measures the exchange against the same stack without it. Built by the profile {@code bench} only; never in the service. */
@NullMarked
package org.xietong.bench;

import org.jspecify.annotations.NullMarked;
