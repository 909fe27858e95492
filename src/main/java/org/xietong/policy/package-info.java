/** Rules, decisions, sight, redaction, explanation (I2, I4, I8). */
@NullMarked
package org.xietong.policy;

import org.jspecify.annotations.NullMarked;
