/**
 * A witness of logs (c2sp.org/tlog-witness): a process of its own, in another agency than the log's, which cosigns what is
 * consistent with all that it cosigned before. Knows nothing of the service and its database.
 */
@NullMarked
package org.xietong.witness;

import org.jspecify.annotations.NullMarked;
