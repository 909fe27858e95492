/** Command line, start-up checks, embedded database, demonstration. The top of the house: nothing uses it. */
@NullMarked
package org.xietong.app;

import org.jspecify.annotations.NullMarked;
