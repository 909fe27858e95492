package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * A page of the feed, oldest first.
 *
 * @param next where to go on, also when nothing is there yet; it never expires
 * @param more whether something is there already
 * @param window what this page adds, so that its reader can see that he has all that he was told
 * @param held what he must hold once he has applied this page; only where he asked for it, the page is the last one for now, and none
 *     of what he holds is moving in this moment
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChangePage(
        @ZhName("变更") List<ChangeEntry> items,
        @ZhName("下次起点游标") String next,
        @ZhName("是否还有") boolean more,
        @ZhName("本页校验") ChangeWindow window,
        @ZhName("应持有的记录") @Nullable List<ChangeHeld> held) {}
