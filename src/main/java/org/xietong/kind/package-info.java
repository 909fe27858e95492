/** One file per kind of record: its content and lifecycle, and its thin resource. */
@NullMarked
package org.xietong.kind;

import org.jspecify.annotations.NullMarked;
