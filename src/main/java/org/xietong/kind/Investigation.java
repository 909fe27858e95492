package org.xietong.kind;

import static org.xietong.label.Caveat.PI;
import static org.xietong.policy.View.FULL;
import static org.xietong.policy.View.METADATA;
import static org.xietong.policy.View.SUMMARY;

import jakarta.validation.Valid;
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
import org.xietong.matter.Goods;
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
 * Investigation 侦查: one measure 侦查措施 upon the participants that it names, or the conclusion 侦查终结 (刑事诉讼法 part two, chapter
 * two; 公安机关办理刑事案件程序规定). Technical investigation is no measure of this list: it does not belong here (I7).
 *
 * @param measure a code of {@code measures}; never changes
 * @param endsOn when it ends or ended
 * @param items what was seized, frozen or examined
 */
public record Investigation(
        @Shown(SUMMARY) @ZhName("侦查措施") @NotNull @Code("measures") @Nullable
        String measure,

        @Shown(SUMMARY) @ZhName("开始日期") @Nullable LocalDate startsOn,
        @Shown(SUMMARY) @ZhName("结束日期") @Nullable LocalDate endsOn,

        @Shown(FULL) @ZhName("涉及物品") @Size(max = 200) @Nullable
        List<@NotNull @Valid Goods> items,

        @Shown(FULL) @ZhName("事由和经过") @Size(max = 20_000) @Nullable
        String facts,

        @Shown(METADATA) @ZhName("通知日期") @ByAct @Nullable LocalDate notifiedOn,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants)
        implements Content {
    private static final String CONCLUSION = "CONCLUSION";
    private static final Set<String> INTO_CUSTODY = Set.of("DETENTION");
    private static final Set<String> AT_LARGE = Set.of("BAIL", "RESIDENTIAL_SURVEILLANCE");
    private static final Set<String> EARLY = Set.of("PROPOSED", "APPROVED", "DISAPPROVED");
    private static final Set<String> DONE = Set.of("EXECUTED", "NOTIFIED", "EXTENDED", "CHANGED", "LIFTED");

    /** A measure that coerces nobody. */
    public static final Lifecycle MEASURE = ofMeasure(Set.of(), Set.of(), Set.of());

    /** 取保候审, 监视居住: who was in custody leaves it; once notified (刑事诉讼法 art. 75) the filing is no secret any more. */
    public static final Lifecycle COERCION = ofMeasure(Set.of(), Set.of("CUSTODY"), Set.of("COERCION_NOTIFIED"));

    /**
     * 拘留: with its execution begins custody. Others learn of the filing with the notice only, which is given within 24 hours, or
     * once it would no longer obstruct the investigation (刑事诉讼法 art. 85).
     */
    public static final Lifecycle DETENTION = ofMeasure(Set.of("CUSTODY"), Set.of(), Set.of("COERCION_NOTIFIED"));

    /** 侦查终结 and 移送审查起诉 (刑事诉讼法 art. 162). */
    public static final Lifecycle CONCLUDING = Lifecycle.of(
                    "PROPOSED",
                    Act.of("approve", "APPROVED", "PROPOSED"),
                    Act.of("disapprove", "DISAPPROVED", "PROPOSED").needs(Need.TEXT),
                    Act.of("conclude", "CONCLUDED", "APPROVED").needs(Need.DOCUMENT_NUMBER),
                    Act.of("send", "SENT", "CONCLUDED")
                            .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER)
                            .sets("SENT_FOR_PROSECUTION"))
            .stages(Map.of("EARLY", EARLY, "EXECUTED", Set.of("CONCLUDED", "SENT")));

    private static Lifecycle ofMeasure(Set<String> begun, Set<String> ended, Set<String> notified) {
        return Lifecycle.of(
                        "PROPOSED",
                        Act.of("approve", "APPROVED", "PROPOSED").needs(Need.DOCUMENT_NUMBER),
                        Act.of("disapprove", "DISAPPROVED", "PROPOSED").needs(Need.TEXT),
                        Act.of("execute", "EXECUTED", "APPROVED")
                                .fields("startsOn")
                                .sets(begun.toArray(String[]::new))
                                .revokes(ended.toArray(String[]::new)),
                        Act.of("notify", "NOTIFIED", "EXECUTED", "EXTENDED").sets(notified.toArray(String[]::new)),
                        Act.of("extend", "EXTENDED", "EXECUTED", "NOTIFIED").needs(Need.DOCUMENT_NUMBER),
                        Act.of("change", "CHANGED", "EXECUTED", "NOTIFIED", "EXTENDED")
                                .needs(Need.DOCUMENT_NUMBER, Need.TEXT),
                        Act.of("lift", "LIFTED", "EXECUTED", "NOTIFIED", "EXTENDED"))
                .stages(Map.of("EARLY", EARLY, "EXECUTED", DONE));
    }

    @Override
    public String kind() {
        return "investigation";
    }

    @Override
    public Lifecycle lifecycle() {
        if (measure != null && INTO_CUSTODY.contains(measure)) {
            return DETENTION;
        }
        if (measure != null && AT_LARGE.contains(measure)) {
            return COERCION;
        }
        return CONCLUSION.equals(measure) ? CONCLUDING : MEASURE;
    }

    @Override
    public Map<String, String> attributes() {
        return measure == null ? Map.of() : Map.of("measure", measure);
    }

    @Override
    public OfFiling ofFiling() {
        return OfFiling.MUST;
    }

    @Override
    public @Nullable LocalDate on(Act act) {
        return switch (act.name()) {
            case "execute" -> startsOn;
            case "change", "lift" -> endsOn;
            case "notify" -> notifiedOn;
            default -> null;
        };
    }

    @Override
    public Investigation after(Done done) {
        LocalDate notified = done.act().name().equals("notify") ? done.on() : notifiedOn;
        return new Investigation(measure, startsOn, endsOn, items, facts, notified, participants);
    }

    @Override
    public List<FieldFault> check(String state) {
        List<FieldFault> faults = new ArrayList<>(Days.inOrder("/endsOn", startsOn, endsOn));
        if (participants == null || participants.isEmpty()) {
            faults.add(new FieldFault("/participants", "REQUIRED"));
        }
        return faults;
    }
}
