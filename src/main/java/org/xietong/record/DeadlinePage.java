package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * A page of deadlines, the first due first.
 *
 * @param next cursor of the next page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadlinePage(
        @ZhName("期限") List<DeadlineView> items,
        @ZhName("下一页游标") @Nullable String next) {}
