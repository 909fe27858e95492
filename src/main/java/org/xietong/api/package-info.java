/** The thin HTTP resources that are not a kind's: they name an operation, call a room below, and hold no rule. */
@NullMarked
package org.xietong.api;

import org.jspecify.annotations.NullMarked;
