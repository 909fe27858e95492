/** Confidentiality: level, caveats, scope, basis, the state-secret guard (I7). */
@NullMarked
package org.xietong.label;

import org.jspecify.annotations.NullMarked;
