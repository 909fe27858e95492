/** The verb {@code verify}, which is also a program of its own: uses the rooms of evidence and crypto alone. */
@NullMarked
package org.xietong.app.verify;

import org.jspecify.annotations.NullMarked;
