/** The journal of exchanges: entries, salted parts, group commit, queries. It knows no case. */
@NullMarked
package org.xietong.ledger;

import org.jspecify.annotations.NullMarked;
