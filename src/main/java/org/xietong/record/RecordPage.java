package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * A page of records, newest first.
 *
 * @param next opaque cursor of the next page; absent at the end
 * @param count how many the caller can see in all, only when asked for, and not while sight is being rebuilt
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordPage<C extends Content>(
        @ZhName("记录列表") List<RecordView<C>> items,
        @ZhName("下一页游标") @Nullable String next,
        @ZhName("可见总数") @Nullable Long count) {}
