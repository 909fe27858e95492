/** Suites, keys, certificates, HTTP signatures; the only room that imports Bouncy Castle. */
@NullMarked
package org.xietong.crypto;

import org.jspecify.annotations.NullMarked;
