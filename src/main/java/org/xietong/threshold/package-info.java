/** Criminal thresholds 追诉标准, and how a record stands to them; knows amounts, goods and days, no contents (I10). */
@NullMarked
package org.xietong.threshold;

import org.jspecify.annotations.NullMarked;
