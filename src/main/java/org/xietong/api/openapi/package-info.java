/** The OpenAPI document: completed from the code's own declarations, so that it cannot say what the code does not do. */
@NullMarked
package org.xietong.api.openapi;

import org.jspecify.annotations.NullMarked;
