/** Numbers of the law: parsed, normalised, checked; and the code lists, as data. */
@NullMarked
package org.xietong.identifier;

import org.jspecify.annotations.NullMarked;
