package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/** What became of the lines of a bulk request, in their order. */
public record BulkResult(@ZhName("各行结果") List<Line> lines) {

    /**
     * What became of one line. Its entry in the journal is found by its exchange id.
     *
     * @param line from 1
     * @param status what it would have answered as a request of its own
     * @param repeated the line was done before, by {@code firstExchange}; nothing was done again
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(
            @ZhName("行号") int line,
            @ZhName("状态码") int status,
            @ZhName("交换编号") UUID exchangeId,
            @ZhName("记录编号") @Nullable UUID id,
            @ZhName("版本") @Nullable Integer version,
            @ZhName("重复请求") @Nullable Boolean repeated,
            @ZhName("首次交换编号") @Nullable UUID firstExchange,
            @ZhName("问题") @Nullable LineProblem problem) {}

    /**
     * Why a line was refused.
     *
     * @param code the stable code of the problem
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LineProblem(
            @ZhName("问题代码") String code,
            @ZhName("可否重试") boolean retryable,
            @ZhName("字段错误") @Nullable List<LineFault> faults) {}

    /** @param field pointer into the line's draft, or a member of the line */
    public record LineFault(
            @ZhName("字段") String field, @ZhName("规则") String rule) {}
}
