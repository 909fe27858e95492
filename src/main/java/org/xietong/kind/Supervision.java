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
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
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
 * Supervision 法律监督 by the procuratorate (咸中法〔2021〕10号 art. 3; 人民检察院刑事诉讼规则 art. 557–567); out of sight until it is served.
 *
 * @param type a code of {@code supervision-types}; never changes
 * @param target what is supervised, in words
 * @param document a code of {@code supervision-documents}
 * @param dueOn when the reply is due
 * @param reply of the unit supervised
 */
public record Supervision(
        @Shown(METADATA) @ZhName("监督类型") @NotNull @Code("supervision-types") @Nullable
        String type,

        @Shown(SUMMARY) @ZhName("监督对象") @NotBlank @Size(max = 200) @Nullable
        String target,

        @Shown(SUMMARY) @ZhName("监督文书") @Code("supervision-documents") @Nullable
        String document,

        @Shown(FULL) @ZhName("监督事由") @NotBlank @Size(max = 20_000) @Nullable
        String facts,

        @Shown(METADATA) @ZhName("启动日期") @NotNull @Nullable LocalDate requestedOn,
        @Shown(METADATA) @ZhName("送达日期") @ByAct @Nullable LocalDate servedOn,
        @Shown(METADATA) @ZhName("答复期限") @Nullable LocalDate dueOn,

        @Shown(FULL) @ZhName("答复内容") @Size(max = 4_000) @ByAct @Nullable
        String reply,

        @Shown(SUMMARY) @ZhName("监督结果") @Code("supervision-results") @ByAct @Nullable
        String result,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants)
        implements Content {
    private static final Set<String> UNSERVED = Set.of("OPENED");

    /** 要求说明理由, 通知立案, 纠正 and their answers. */
    public static final Lifecycle CORRECTION = Lifecycle.of(
                    "OPENED",
                    Act.of("serve", "SERVED", "OPENED")
                            .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER)
                            .answeredBy("answer")
                            .fields("document", "dueOn"),
                    Act.of("answer", "ANSWERED", "SERVED").byAddressee().needs(Need.TEXT),
                    Act.of("accept", "ACCEPTED", "ANSWERED"),
                    Act.of("order", "ORDERED", "SERVED", "ANSWERED").needs(Need.DOCUMENT_NUMBER),
                    Act.of("comply", "COMPLIED", "ORDERED").byAddressee().needs(Need.TEXT),
                    Act.of("escalate", "ESCALATED", "SERVED", "ANSWERED", "ORDERED")
                            .needs(Need.DOCUMENT_NUMBER, Need.TEXT),
                    Act.of("close", "CLOSED", "ACCEPTED", "COMPLIED", "ESCALATED"))
            .stages(Map.of(
                    "UNSERVED",
                    UNSERVED,
                    "SERVED",
                    Set.of("SERVED", "ANSWERED", "ACCEPTED", "ORDERED", "COMPLIED", "ESCALATED", "CLOSED")));

    /** 提前介入 (art. 256): opens the investigation to the procuratorate. */
    public static final Lifecycle EARLY_PARTICIPATION = Lifecycle.of(
                    "OPENED",
                    Act.of("participate", "PARTICIPATING", "OPENED")
                            .needs(Need.ADDRESSEES, Need.TEXT)
                            .answeredBy("follow-up")
                            .sets("EARLY_PARTICIPATION"),
                    Act.of("opine", "OPINION_GIVEN", "PARTICIPATING").needs(Need.TEXT),
                    Act.of("follow-up", "FOLLOWED_UP", "OPINION_GIVEN")
                            .byAddressee()
                            .needs(Need.TEXT),
                    Act.of("close", "CLOSED", "OPINION_GIVEN", "FOLLOWED_UP"))
            .stages(Map.of(
                    "UNSERVED", UNSERVED, "SERVED", Set.of("PARTICIPATING", "OPINION_GIVEN", "FOLLOWED_UP", "CLOSED")));

    @Override
    public String kind() {
        return "supervision";
    }

    @Override
    public Lifecycle lifecycle() {
        return "EARLY_PARTICIPATION".equals(type) ? EARLY_PARTICIPATION : CORRECTION;
    }

    @Override
    public Map<String, String> attributes() {
        return type == null ? Map.of() : Map.of("type", type);
    }

    @Override
    public OfFiling ofFiling() {
        return "EARLY_PARTICIPATION".equals(type) ? OfFiling.MUST : OfFiling.MAY;
    }

    @Override
    public Supervision after(Done done) {
        String act = done.act().name();
        boolean serves = act.equals("serve") || act.equals("participate");
        boolean answers = act.equals("answer") || act.equals("comply") || act.equals("follow-up");
        String decided = switch (act) {
            case "accept" -> "REASON_ACCEPTED";
            case "order" -> "ORDERED";
            case "comply" -> "COMPLIED";
            case "escalate" -> "ESCALATED";
            default -> result;
        };
        return new Supervision(
                type,
                target,
                document,
                facts,
                requestedOn,
                serves ? done.on() : servedOn,
                dueOn,
                answers ? done.note() : reply,
                decided,
                participants);
    }

    @Override
    public List<FieldFault> check(String state) {
        List<FieldFault> faults = new ArrayList<>(Days.inOrder("/dueOn", requestedOn, dueOn));
        if ("EARLY_PARTICIPATION".equals(type) && (participants == null || participants.isEmpty())) {
            faults.add(new FieldFault("/participants", "REQUIRED"));
        }
        return faults;
    }
}
