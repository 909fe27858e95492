/** The envelope, versions, lifecycle and store that all kinds share. */
@NullMarked
package org.xietong.record;

import org.jspecify.annotations.NullMarked;
