/** The demonstration's story: who plays, what is played over HTTP, and what it must come to. */
@NullMarked
package org.xietong.app.story;

import org.jspecify.annotations.NullMarked;
