package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * One thing that became of a case that was handed over: how a record stands, or what it decided of one suspect.
 *
 * @param kind a code of {@code record-kinds}
 * @param state a code of {@code states}; absent where the sight hides it
 * @param participant whom it is about; absent where it is about the case
 * @param outcome what was decided of the participant: a code of the list that the kind's field names
 * @param goods where the goods stand, a code of {@code goods-states}
 * @param settled whether the case has ended by it for the participant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedbackLine(
        @ZhName("记录种类") String kind,
        @ZhName("记录编号") UUID recordId,
        @ZhName("记录状态") @Nullable String state,
        @ZhName("参与人编号") @Nullable UUID participant,
        @ZhName("处理结果") @Nullable String outcome,
        @ZhName("物品状态") @Nullable String goods,
        @ZhName("是否终结") boolean settled) {
    /**
     * As much of it as a reader is shown who is shown these lines of the same records himself; nothing where none of them is about
     * the same record and participant.
     */
    Optional<FeedbackLine> within(List<FeedbackLine> own) {
        return own.stream()
                .filter(line -> recordId.equals(line.recordId) && Objects.equals(participant, line.participant))
                .findFirst()
                .map(line -> new FeedbackLine(
                        kind,
                        recordId,
                        line.state == null ? null : state,
                        participant,
                        line.outcome == null ? null : outcome,
                        line.goods == null ? null : goods,
                        line.state != null && settled));
    }
}
