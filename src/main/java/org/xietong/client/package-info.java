/** A model client: signs requests, checks answers, keeps evidence. Uses crypto only; no framework. */
@NullMarked
package org.xietong.client;

import org.jspecify.annotations.NullMarked;
