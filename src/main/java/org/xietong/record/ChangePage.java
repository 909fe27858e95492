package org.xietong.record;

import java.util.List;
import org.xietong.identifier.ZhName;

/**
 * A page of the feed, oldest first.
 *
 * @param next where to go on, also when nothing is there yet; it never expires
 * @param more whether something is there already
 */
public record ChangePage(
        @ZhName("变更") List<ChangeEntry> items,
        @ZhName("下次起点游标") String next,
        @ZhName("是否还有") boolean more) {}
