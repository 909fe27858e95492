/** Who takes part: agencies, units, officers, systems, certificates. */
@NullMarked
package org.xietong.agency;

import org.jspecify.annotations.NullMarked;
