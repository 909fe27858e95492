package org.xietong.kind;

import static org.xietong.label.Caveat.PI;
import static org.xietong.policy.View.FULL;
import static org.xietong.policy.View.METADATA;
import static org.xietong.policy.View.SUMMARY;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.Identifier;
import org.xietong.identifier.IdentifierType;
import org.xietong.identifier.ZhName;
import org.xietong.matter.Participant;
import org.xietong.policy.Shown;
import org.xietong.problem.FieldFault;
import org.xietong.record.Act;
import org.xietong.record.Act.Need;
import org.xietong.record.ByAct;
import org.xietong.record.Content;
import org.xietong.record.Done;
import org.xietong.record.Lifecycle;

/**
 * Referral of a patent case 专利案件移送 to the court that has jurisdiction (咸中法〔2021〕10号 art. 7; 法释〔2022〕13号 §1): raised by market
 * supervision, coordinated by the court of the city under its own signature, and sent to 武汉知识产权法庭 as a packet, since that court has
 * no account here. That it was sent and that it arrived are no acts of anybody's: packet and receipt make them.
 *
 * @param cause a code of {@code causes}
 * @param registrationNumbers of the patents concerned
 * @param reply what became of it, as the court it went to let know
 */
public record PatentReferral(
        @Shown(SUMMARY) @ZhName("案件名称") @NotBlank @Size(max = 200) @Nullable
        String title,

        @Shown(SUMMARY) @ZhName("案由") @NotNull @Code("causes") @Nullable
        String cause,

        @Shown(FULL) @ZhName("案情") @NotBlank @Size(max = 20_000) @Nullable
        String facts,

        @Shown(SUMMARY) @ZhName("权利登记号") @Size(max = 50) @Nullable
        List<@NotNull @Valid Identifier> registrationNumbers,

        @Shown(METADATA) @ZhName("协调日期") @ByAct @Nullable LocalDate coordinatedOn,
        @Shown(METADATA) @ZhName("送出日期") @ByAct @Nullable LocalDate sentOn,

        @Shown(SUMMARY) @ZhName("处理结果") @Size(max = 20_000) @ByAct @Nullable
        String reply,

        @Shown(METADATA) @ZhName("结果日期") @ByAct @Nullable LocalDate repliedOn,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants)
        implements Content {
    /** RAISED … RESULT. */
    public static final Lifecycle LIFECYCLE = Lifecycle.of(
            "RAISED",
            Act.of("request", "RAISED", "RAISED")
                    .needs(Need.DOCUMENT_NUMBER, Need.ADDRESSEES)
                    .answeredBy("coordinate"),
            Act.of("coordinate", "COURT_COORDINATED", "RAISED").byAddressee().needs(Need.DOCUMENT_NUMBER),
            // These three go along with a packet and its receipt; nobody's to take by themselves.
            Act.of("send", "SENT", "COURT_COORDINATED", "RETURNED"),
            Act.of("receive", "RECEIVED", "SENT"),
            Act.of("return", "RETURNED", "SENT"),
            Act.of("conclude", "RESULT", "RECEIVED", "RETURNED").needs(Need.TEXT));

    @Override
    public String kind() {
        return "patent-referral";
    }

    @Override
    public Lifecycle lifecycle() {
        return LIFECYCLE;
    }

    @Override
    public Optional<String> goesAlong(Outward moment) {
        return Optional.of(
                switch (moment) {
                    case SENT -> "send";
                    case RECEIVED -> "receive";
                    case RETURNED -> "return";
                });
    }

    @Override
    public Optional<String> agreedBy() {
        return Optional.of("coordinate");
    }

    @Override
    public boolean liesWithOne(Act act) {
        return act.name().equals("request");
    }

    /** What the court signed is what leaves, the first time and again: what is wrong in it needs a referral of its own. */
    @Override
    public List<FieldFault> changes(Content next, String state, Optional<Act> by) {
        return state.equals(LIFECYCLE.initial()) || next.equals(this)
                ? List.of()
                : List.of(new FieldFault("", "READ_ONLY"));
    }

    @Override
    public PatentReferral after(Done done) {
        String act = done.act().name();
        boolean concludes = act.equals("conclude");
        return new PatentReferral(
                title,
                cause,
                facts,
                registrationNumbers,
                act.equals("coordinate") ? done.on() : coordinatedOn,
                act.equals("send") ? done.on() : sentOn,
                concludes ? done.note() : reply,
                concludes ? done.on() : repliedOn,
                participants);
    }

    @Override
    public List<FieldFault> check(String state) {
        List<FieldFault> faults = new ArrayList<>();
        List<Identifier> numbers = registrationNumbers == null ? List.of() : registrationNumbers;
        for (int i = 0; i < numbers.size(); i++) {
            IdentifierType type = numbers.get(i).type();
            if (type != null && type.subject() != IdentifierType.Subject.RIGHT) {
                faults.add(new FieldFault("/registrationNumbers/" + i + "/type", "NOT_ALLOWED"));
            }
        }
        return faults;
    }
}
