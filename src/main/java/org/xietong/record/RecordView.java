package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.label.Label;
import org.xietong.matter.Occurred;
import org.xietong.policy.View;

/**
 * A record as one caller may see it. Absent is what view and caveats hide; {@code meta.masked} names it, whether or
 * not a value stands there. Version and time of change show in full views only (I4).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordView<C extends Content>(
        @ZhName("记录编号") UUID id,
        @ZhName("记录种类") String kind,
        @ZhName("案件编号") @Nullable UUID matterId,
        @ZhName("所属刑事立案") @Nullable UUID filing,
        @ZhName("所属单位") @Nullable Owner owner,
        @ZhName("来源系统编号") @Nullable String sourceRef,
        @ZhName("数据来源") @Nullable Origin origin,
        @ZhName("文号") @Nullable String documentNumber,
        @ZhName("状态") @Nullable String state,
        @ZhName("保密标签") @Nullable Label label,
        @ZhName("接收单位") @Nullable List<String> addressees,
        @ZhName("发生时间") @Nullable Occurred occurred,
        @ZhName("登记时间") @Nullable OffsetDateTime recordedAt,
        @ZhName("最近变更时间") @Nullable OffsetDateTime changedAt,
        @ZhName("版本") @Nullable Integer version,
        @ZhName("内容") @Nullable C content,
        @ZhName("可办理动作") @Nullable List<String> actions,
        @ZhName("依法删除") @Nullable Erased erased,
        @ZhName("查看信息") Meta meta)
        implements Committed {

    /**
     * Whose record it is, and whom to ring (article 10).
     *
     * @param officer shown to the owner only
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Owner(
            @ZhName("机关") @Nullable String agency,
            @ZhName("单位编号") @Nullable String unit,
            @ZhName("单位名称") @Nullable String name,
            @ZhName("责任人") @Nullable String responsible,
            @ZhName("联系电话") @Nullable String telephone,
            @ZhName("办案人员") @Nullable String officer) {}

    /**
     * What stands in place of a content that was erased, for whoever saw it: two officers of the owner had it erased.
     *
     * @param basis a code of {@code erasure-bases}
     */
    public record Erased(
            @ZhName("删除时间") OffsetDateTime at,
            @ZhName("删除依据") String basis) {}

    /**
     * How this caller sees the record.
     *
     * @param complete nothing is hidden
     * @param masked fields that kind and view hide
     * @param repeated the request was a repetition; nothing was done again
     * @param firstExchange the exchange that did it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Meta(
            @ZhName("查看级别") @Nullable View view,
            @ZhName("是否完整") @Nullable Boolean complete,
            @ZhName("已隐去字段") @Nullable List<String> masked,
            @ZhName("重复请求") @Nullable Boolean repeated,
            @ZhName("首次交换编号") @Nullable UUID firstExchange) {}

    /** The answer to a repeated write: what the first one did, without content. */
    public static <C extends Content> RecordView<C> repeated(
            String kind, UUID id, @Nullable Integer version, UUID firstExchange) {
        return new RecordView<>(
                id,
                kind,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                version,
                null,
                null,
                null,
                new Meta(null, null, null, true, firstExchange));
    }
}
