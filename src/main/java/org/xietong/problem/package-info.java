/** RFC 9457 problem details: one enum of stable codes, bilingual titles, never an echo of submitted values. */
@NullMarked
package org.xietong.problem;

import org.jspecify.annotations.NullMarked;
