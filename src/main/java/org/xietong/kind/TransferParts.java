package org.xietong.kind;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.record.Done;

/** What acts upon a transfer leave in it, step by step. */
final class TransferParts {
    private TransferParts() {}

    /**
     * The head's decision 负责人审批 (国务院令310号 §5).
     *
     * @param decision a code of {@code transfer-approvals}
     * @param reasons of a refusal, which the procuratorate reads
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TransferApproval(
            @ZhName("审批决定") @Code("transfer-approvals") @Nullable
            String decision,

            @ZhName("不移送理由") @Size(max = 4000) @Nullable String reasons,
            @ZhName("审批文号") @Size(max = 128) @Nullable String number,
            @ZhName("审批日期") @Nullable LocalDate decidedOn) {
        static TransferApproval of(String decision, Done done) {
            return new TransferApproval(decision, done.note(), done.documentNumber(), done.on());
        }
    }

    /**
     * Where it lies 送达情况.
     *
     * @param handler unit whose turn it is to answer
     * @param receipt number of the signed receipt 回执
     * @param asked what papers were asked for
     * @param acknowledgedOn when a procuratorate last acknowledged its copy 备案, and {@code acknowledgedBy} which did
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TransferDelivery(
            @ZhName("发出日期") @Nullable LocalDate dispatchedOn,
            @ZhName("现承办单位") @Size(max = 64) @Nullable String handler,
            @ZhName("签收日期") @Nullable LocalDate receivedOn,
            @ZhName("回执文号") @Size(max = 128) @Nullable String receipt,
            @ZhName("要求补正日期") @Nullable LocalDate askedOn,
            @ZhName("要求补正的材料") @Size(max = 4000) @Nullable String asked,
            @ZhName("补正日期") @Nullable LocalDate completedOn,
            @ZhName("备案签收日期") @Nullable LocalDate acknowledgedOn,
            @ZhName("备案签收单位") @Size(max = 100) @Nullable List<@Size(max = 64) String> acknowledgedBy) {

        /** To whoever it was handed; what was received elsewhere counts no more. */
        TransferDelivery sent(Done done) {
            return new TransferDelivery(
                    dispatchedOn == null ? done.on() : dispatchedOn,
                    done.to().isEmpty() ? handler : done.to().getFirst(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        TransferDelivery received(Done done) {
            return new TransferDelivery(
                    dispatchedOn,
                    handler,
                    done.on(),
                    done.documentNumber(),
                    askedOn,
                    asked,
                    completedOn,
                    acknowledgedOn,
                    acknowledgedBy);
        }

        TransferDelivery asked(Done done) {
            return new TransferDelivery(
                    dispatchedOn,
                    handler,
                    receivedOn,
                    receipt,
                    done.on(),
                    done.note(),
                    null,
                    acknowledgedOn,
                    acknowledgedBy);
        }

        TransferDelivery completed(Done done) {
            return new TransferDelivery(
                    dispatchedOn,
                    handler,
                    receivedOn,
                    receipt,
                    askedOn,
                    asked,
                    done.on(),
                    acknowledgedOn,
                    acknowledgedBy);
        }

        TransferDelivery acknowledged(Done done) {
            Stream<String> before = acknowledgedBy == null ? Stream.of() : acknowledgedBy.stream();
            return new TransferDelivery(
                    dispatchedOn,
                    handler,
                    receivedOn,
                    receipt,
                    askedOn,
                    asked,
                    completedOn,
                    done.on(),
                    Stream.concat(before, Stream.of(done.by())).toList());
        }
    }

    /**
     * The goods after the filing 涉案物品移交 (国务院令310号 §12).
     *
     * @param number of the list that both signed 交接清单
     * @param whereabouts where they are now, in the words of who has them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GoodsHandover(
            @ZhName("移交日期") @Nullable LocalDate handedOn,
            @ZhName("交接清单文号") @Size(max = 128) @Nullable String number,
            @ZhName("接收日期") @Nullable LocalDate takenOn,
            @ZhName("物品去向") @Size(max = 4000) @Nullable String whereabouts) {
        /** A code of {@code goods-states}; null where there are no goods, or none are shown. */
        static @Nullable String state(@Nullable GoodsHandover handover, boolean goods) {
            if (handover == null) {
                return goods ? "WITH_SENDER" : null;
            }
            return handover.takenOn() == null ? "HANDED_OVER" : "TAKEN_OVER";
        }

        static GoodsHandover handed(Done done) {
            return new GoodsHandover(done.on(), done.documentNumber(), null, null);
        }

        GoodsHandover taken(Done done) {
            return new GoodsHandover(handedOn, number, done.on(), done.note());
        }

        GoodsHandover placed(Done done) {
            return new GoodsHandover(handedOn, number, takenOn, done.note());
        }
    }

    /**
     * The last word that the sender was given 反馈 (咸中法〔2021〕10号 art. 7).
     *
     * @param complete whether nothing is left to be told
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TransferFeedback(
            @ZhName("反馈日期") @Nullable LocalDate givenOn,
            @ZhName("反馈内容") @Size(max = 4000) @Nullable String text,
            @ZhName("是否办结") @Nullable Boolean complete) {
        TransferFeedback complete(boolean all) {
            return new TransferFeedback(givenOn, text, all);
        }

        boolean isComplete() {
            return Boolean.TRUE.equals(complete);
        }
    }
}
