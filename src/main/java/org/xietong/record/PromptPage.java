package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * A page of prompts, the oldest first.
 *
 * @param standing how the record stands to the thresholds now, where one was asked for: also where that prompts nothing
 * @param next cursor of the next page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PromptPage(
        @ZhName("移送提示") List<PromptView> items,
        @ZhName("与标准的比较") @Nullable Standing standing,
        @ZhName("下一页游标") @Nullable String next) {

    /**
     * How a record stands to the thresholds.
     *
     * @param reached ids of the thresholds
     * @param unknown codes of {@code amount-type} that are stated and cannot be compared; they prompt nothing
     */
    public record Standing(
            @ZhName("达到的标准") List<String> reached,
            @ZhName("无法比较的数额类型") List<String> unknown,
            @ZhName("合理嫌疑") boolean suspicion) {}
}
