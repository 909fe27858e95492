/**
 * Statutory time limits 法定期限: how days are counted, which rules there are (I10), and what runs in a matter. Knows acts and days, no
 * contents; who may see a deadline is decided above.
 */
@NullMarked
package org.xietong.deadline;

import org.jspecify.annotations.NullMarked;
