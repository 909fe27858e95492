package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * A page of a list of what may have been lost, the earliest first.
 *
 * @param next cursor of the next page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExceptionPage(
        @ZhName("监督线索") List<ExceptionView> items,
        @ZhName("下一页游标") @Nullable String next) {}
