/** Looking into the log: inquiries of two officers, who saw what, and who read it as the receiving agency says. */
@NullMarked
package org.xietong.audit;

import org.jspecify.annotations.NullMarked;
