/** The thread of a case across agencies: members, participants, milestones. */
@NullMarked
package org.xietong.matter;

import org.jspecify.annotations.NullMarked;
