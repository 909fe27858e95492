package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.deadline.Deadline;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.threshold.Threshold;
import org.xietong.threshold.Thresholds;

/**
 * A prompt to consider a transfer as a reader sees it 移送提示. It says that a transfer must be considered, and never that there is a
 * crime (I10).
 *
 * @param state a code of {@code prompt-states}
 * @param version of the record, by which it was raised
 * @param measuredOn the day whose law was asked
 * @param reached the thresholds, each with the mark of how far its text was read; none where the reader does not see the amounts
 * @param unknown codes of {@code amount-type} that are stated and cannot be compared
 * @param suspicion whether an officer marked 合理嫌疑
 * @param considerBy the last day before the procuratorate sees that nothing was done
 * @param transferId the transfer that answered it, or that the head declined
 * @param decidedBy the officer who decided not to transfer, and {@code reasons} his
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PromptView(
        @ZhName("编号") UUID id,
        @ZhName("提示") String notice,
        @ZhName("英文提示") String noticeEn,
        @ZhName("提示状态") @Code("prompt-states") String state,
        @ZhName("案件编号") UUID matterId,
        @ZhName("记录种类") String kind,
        @ZhName("记录编号") UUID recordId,
        @ZhName("归属单位") String owner,
        @ZhName("记录版本") int version,
        @ZhName("提示时间") OffsetDateTime raisedAt,
        @ZhName("适用日期") LocalDate measuredOn,
        @ZhName("达到的标准") @Nullable List<Threshold> reached,
        @ZhName("无法比较的数额类型") @Nullable List<String> unknown,
        @ZhName("合理嫌疑") @Nullable Boolean suspicion,
        @ZhName("考虑期满日期") @Nullable LocalDate considerBy,
        @ZhName("结束时间") @Nullable OffsetDateTime endedAt,
        @ZhName("移送记录") @Nullable UUID transferId,
        @ZhName("决定人员") @Nullable String decidedBy,
        @ZhName("不移送理由") @Nullable String reasons) {
    static final String NOTICE = "达到所列标准或者存在合理嫌疑，应当考虑是否移送公安机关；是否构成犯罪由有权机关依法认定，本提示不作结论。";
    static final String NOTICE_EN =
            "A transfer to the police must be considered. Whether there is a crime is for the competent"
                    + " authorities to find; this prompt finds nothing.";

    /**
     * @param deadline that it started; none where it was answered when it was raised
     * @param whole whether the reader sees what was measured
     * @param reasons where he may read them
     */
    static PromptView of(TransferPrompt prompt, @Nullable Deadline deadline, boolean whole, @Nullable String reasons) {
        return new PromptView(
                prompt.id(),
                NOTICE,
                NOTICE_EN,
                prompt.state().name(),
                prompt.matter(),
                prompt.kind(),
                prompt.record(),
                prompt.owner(),
                prompt.version(),
                RecordViews.shanghai(prompt.raisedAt()),
                prompt.measured().on(),
                whole ? thresholds(prompt) : null,
                whole && !prompt.measured().unknown().isEmpty()
                        ? prompt.measured().unknown()
                        : null,
                whole ? prompt.measured().suspicion() : null,
                deadline == null ? null : deadline.dueOn(),
                prompt.endedAt() == null ? null : RecordViews.shanghai(prompt.endedAt()),
                prompt.transfer(),
                prompt.decidedBy(),
                reasons);
    }

    private static List<Threshold> thresholds(TransferPrompt prompt) {
        return prompt.measured().reached().stream()
                .flatMap(id -> Thresholds.standard().find(id, prompt.measured().on()).stream())
                .toList();
    }
}
