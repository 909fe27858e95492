/** The pipeline around every request: limits, token, signatures, purpose, transaction, signed answer, journal (I1, I3). */
@NullMarked
package org.xietong.exchange;

import org.jspecify.annotations.NullMarked;
