package org.xietong.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * What of a record was disclosed once. It was delivered to a system; who read it there is told only where the receiving agency has
 * said so.
 *
 * @param masked fields that kind and view hid
 * @param caveated shown fields that carry a caveat
 * @param participants opaque ids of whom it concerned
 * @param rule by which it was visible
 * @param outsideRecipient to whom it left the system in a packet; then {@code deliveredTo} is who sent it
 * @param readers empty where nobody was reported
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DisclosureView(
        @ZhName("交换编号") UUID exchangeId,
        @ZhName("时间") OffsetDateTime time,
        @ZhName("送达系统") DeliveredTo deliveredTo,
        @ZhName("操作") String operation,
        @ZhName("记录编号") UUID recordId,
        @ZhName("案件编号") @Nullable UUID matterId,
        @ZhName("记录种类") String kind,
        @ZhName("记录版本") int version,
        @ZhName("查看级别") String view,
        @ZhName("遮蔽字段") List<String> masked,
        @ZhName("开放的标注字段") List<String> caveated,
        @ZhName("参与人") List<String> participants,
        @ZhName("适用规则") String rule,
        @ZhName("系统外接收单位编号") @Nullable String outsideRecipient,
        @ZhName("数据包编号") @Nullable String packet,
        @ZhName("用途说明") @Nullable StatedPurpose purpose,
        @ZhName("所报阅读人") List<Reader> readers) {

    /** The system that the answer went to, and for whom it asked. */
    public record DeliveredTo(
            @ZhName("机关") String agency,
            @ZhName("单位编号") String unit,
            @ZhName("系统编号") String system,
            @ZhName("办案人员") @Nullable String officer) {}

    /** As the caller stated it. */
    public record StatedPurpose(
            @ZhName("用途") String code,
            @ZhName("依据") @Nullable String basis,
            @ZhName("案件文号") @Nullable String caseNumber) {}

    /** An officer of whom the receiving agency says that he read it. */
    public record Reader(
            @ZhName("办案人员") String officer,
            @ZhName("阅读时间") OffsetDateTime at,
            @ZhName("报送时间") OffsetDateTime reportedAt) {}
}
