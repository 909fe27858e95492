package org.xietong.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * A page of who saw what, newest first.
 *
 * @param erased disclosures of this page of which the journal keeps only that they took place
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DisclosureList(
        @ZhName("披露列表") List<DisclosureView> items,
        @ZhName("已清除数") int erased,
        @ZhName("下一页游标") @Nullable String next) {}
