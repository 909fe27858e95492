package org.xietong.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.ledger.FirstReading;
import org.xietong.matter.Occurred;
import org.xietong.record.Handover;
import org.xietong.record.OutsideHandover;

/**
 * The delivery of a record to one unit 送达, or to one recipient outside the system. Each step names its exchange, whose evidence bundle proves it, to who can open that.
 *
 * @param unit none where it is somebody outside
 * @param replacedBy the packet that took this one's place
 * @param copy whether it is the procuratorate's copy
 * @param collected when the sender first fetched a packet to convey it, which is no delivery
 * @param submitted when it was handed over
 * @param delivered when the unit first read it after that; not told of a copy
 * @param acknowledged the unit's first act upon it, signed
 * @param returned the unit's first act that rejects it or passes it on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryView(
        @ZhName("送达单位") @Nullable String unit,
        @ZhName("系统外接收单位编号") @Nullable String outsideRecipient,
        @ZhName("数据包编号") @Nullable UUID packet,
        @ZhName("被何数据包替换") @Nullable UUID replacedBy,
        @ZhName("发出单位") String byUnit,
        @ZhName("是否抄送") boolean copy,
        @ZhName("送达状态") DeliveryState state,
        @ZhName("发出") DeliveryStep submitted,
        @ZhName("取出待送") @Nullable DeliveryStep collected,
        @ZhName("送达") @Nullable DeliveryStep delivered,
        @ZhName("签收") @Nullable DeliveryStep acknowledged,
        @ZhName("退回或者转送") @Nullable DeliveryStep returned) {

    /**
     * One step of it.
     *
     * @param act a code of {@code acts}, where an act upon the record was the step
     * @param verified of the receipt of a packet: signed by the recipient's certificate; false of a scan, which nobody checked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DeliveryStep(
            @ZhName("时间") OffsetDateTime at,
            @ZhName("动作") @Nullable String act,
            @ZhName("是否经签名核验") @Nullable Boolean verified,
            @ZhName("交换编号") @Nullable UUID exchangeId) {
        DeliveryStep closed() {
            return new DeliveryStep(at, act, verified, null);
        }
    }

    static DeliveryView of(Handover handed, @Nullable FirstReading read) {
        DeliveryStep delivered = read == null ? null : step(read.at(), null, read.exchange());
        DeliveryStep answered = step(handed.answer());
        DeliveryStep returned = step(handed.returned());
        return new DeliveryView(
                handed.to(),
                null,
                null,
                null,
                handed.from(),
                handed.copy(),
                returned != null
                        ? DeliveryState.RETURNED
                        : answered != null
                                ? DeliveryState.ACKNOWLEDGED
                                : delivered != null ? DeliveryState.DELIVERED : DeliveryState.SUBMITTED,
                step(handed.at(), null, handed.exchange()),
                null,
                delivered,
                answered,
                returned);
    }

    /** Nothing but the recipient's own receipt says that it arrived. */
    static DeliveryView of(OutsideHandover sent) {
        DeliveryStep answered = receipt(sent);
        return new DeliveryView(
                null,
                sent.recipient(),
                sent.packet(),
                sent.replacedBy(),
                sent.from(),
                false,
                answered != null
                        ? sent.returned() ? DeliveryState.RETURNED : DeliveryState.ACKNOWLEDGED
                        : sent.collected() != null ? DeliveryState.COLLECTED : DeliveryState.SUBMITTED,
                step(sent.at(), null, sent.exchange()),
                sent.collected() == null
                        ? null
                        : step(sent.collected().at(), null, sent.collected().exchange()),
                null,
                sent.returned() ? null : answered,
                sent.returned() ? answered : null);
    }

    private static @Nullable DeliveryStep receipt(OutsideHandover sent) {
        OutsideHandover.Step answered = sent.answered();
        return answered == null
                ? null
                : new DeliveryStep(
                        answered.at().atZone(Occurred.ZONE).toOffsetDateTime(),
                        null,
                        sent.verified(),
                        answered.exchange());
    }

    /** Exchanges are named to who can open them: the owner, and whose they are. */
    DeliveryView openTo(String reader, boolean owner) {
        if (owner) {
            return this;
        }
        boolean addressee = reader.equals(unit);
        return new DeliveryView(
                unit,
                outsideRecipient,
                packet,
                replacedBy,
                byUnit,
                copy,
                state,
                reader.equals(byUnit) ? submitted : submitted.closed(),
                collected == null ? null : collected.closed(),
                addressee || delivered == null ? delivered : delivered.closed(),
                addressee || acknowledged == null ? acknowledged : acknowledged.closed(),
                addressee || returned == null ? returned : returned.closed());
    }

    private static @Nullable DeliveryStep step(Handover.@Nullable Step step) {
        return step == null ? null : step(step.at(), step.act(), step.exchange());
    }

    private static DeliveryStep step(Instant at, @Nullable String act, @Nullable UUID exchange) {
        return new DeliveryStep(at.atZone(Occurred.ZONE).toOffsetDateTime(), act, null, exchange);
    }
}
