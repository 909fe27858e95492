package org.xietong.kind;

import static org.xietong.label.Caveat.PI;
import static org.xietong.policy.View.FULL;
import static org.xietong.policy.View.METADATA;
import static org.xietong.policy.View.SUMMARY;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.Conforms;
import org.xietong.identifier.IdentifierType;
import org.xietong.identifier.ZhName;
import org.xietong.matter.Amount;
import org.xietong.matter.OfStated;
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
 * Judgment 审判: a case before the court, and its outcome for each participant (刑事诉讼法 part three; 民事诉讼法; 行政诉讼法). Drafts and the
 * panel's deliberations never stand here.
 *
 * @param documentType a code of {@code document-types}
 * @param court its name
 * @param instance a code of {@code instances}
 * @param against the case number of the decision appealed against
 * @param appealBy codes of {@code appellants}
 * @param publicText what was published, without personal information
 */
public record Judgment(
        @Shown(METADATA) @ZhName("案件类别") @NotNull @Nullable CaseClass caseClass,

        @Shown(METADATA) @ZhName("审级") @NotNull @Code("instances") @Nullable
        String instance,

        @Shown(METADATA) @ZhName("审理法院") @NotBlank @Size(max = 100) @Nullable
        String court,

        @Shown(SUMMARY) @ZhName("案号") @NotNull @Size(max = 64) @Conforms(IdentifierType.COURT_CASE_NUMBER) @Nullable
        String caseNumber,

        @Shown(METADATA) @ZhName("文书类型") @Code("document-types") @Nullable
        String documentType,

        @Shown(SUMMARY) @ZhName("原审案号") @Size(max = 64) @Conforms(IdentifierType.COURT_CASE_NUMBER) @Nullable
        String against,

        @Shown(SUMMARY) @ZhName("上诉或抗诉方") @Size(max = 5) @Nullable
        List<@NotNull @Code("appellants") String> appealBy,

        @Shown(METADATA) @ZhName("宣判日期") @ByAct @Nullable LocalDate decidedOn,

        @Shown(METADATA) @ZhName("裁判结果") @Size(max = 100) @Nullable
        List<@NotNull @Valid JudgmentResult> results,

        @Shown(SUMMARY) @ZhName("是否不公开审理") @Nullable Boolean closedTrial,

        @Shown(METADATA) @ZhName("公开文书") @Size(max = 100_000) @Nullable
        String publicText,

        @Shown(METADATA) @ZhName("公开网址") @Pattern(regexp = Published.URL) @Size(max = 500) @Nullable
        String publicUrl,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants)
        implements Content {
    /**
     * ACCEPTED … EFFECTIVE. One defendant's appeal excludes neither another's nor a protest. Who sends back 发回重审 annuls what was
     * pronounced (刑事诉讼法 art. 236): it opens nothing any more; a court of first instance has nobody to send back to. The court of first instance sends the case up (art. 231), which opens
     * it to the court and the procuratorate of second instance.
     */
    public static final Lifecycle LIFECYCLE = Lifecycle.of(
                    "ACCEPTED",
                    Act.of("hear", "HEARING", "ACCEPTED"),
                    Act.of("pronounce", "PRONOUNCED", "HEARING")
                            .needs(Need.OCCURRED)
                            .fields("documentType", "results")
                            .sets("JUDGED"),
                    Act.of("remand", "REMANDED", "HEARING").needs(Need.TEXT).revokes("JUDGED", "EFFECTIVE"),
                    Act.of("appeal", "APPEALED", "PRONOUNCED", "APPEALED").fields("appealBy"),
                    Act.of("protest", "APPEALED", "PRONOUNCED", "APPEALED")
                            .byAddressee()
                            .needs(Need.DOCUMENT_NUMBER, Need.TEXT),
                    Act.of("forward", "APPEALED", "APPEALED").needs(Need.ADDRESSEES),
                    Act.of("effect", "EFFECTIVE", "PRONOUNCED", "APPEALED").sets("EFFECTIVE"),
                    Act.of("retry", "RETRIAL", "EFFECTIVE")
                            .needs(Need.DOCUMENT_NUMBER)
                            .revokes("EFFECTIVE"),
                    Act.of("correct", "PRONOUNCED", "PRONOUNCED").needs(Need.DOCUMENT_NUMBER),
                    Act.of("correct", "APPEALED", "APPEALED").needs(Need.DOCUMENT_NUMBER),
                    Act.of("correct", "EFFECTIVE", "EFFECTIVE").needs(Need.DOCUMENT_NUMBER))
            .stages(Map.of(
                    "PENDING", Set.of("ACCEPTED", "HEARING"),
                    "PRONOUNCED", Set.of("PRONOUNCED", "APPEALED", "REMANDED", "RETRIAL"),
                    "EFFECTIVE", Set.of("EFFECTIVE")));

    private static final Set<String> LEAVES = Set.of("PRONOUNCED", "APPEALED", "EFFECTIVE");

    /**
     * The outcome for one participant.
     *
     * @param outcome a code of {@code judgment-outcomes}
     * @param penalty of the combined sentence 数罪并罚, a code of {@code principal-penalties}; none where a fine stands alone
     * @param months of it
     * @param probationMonths of suspended sentence 缓刑
     * @param fine decimal string in yuan, as are {@code damages}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record JudgmentResult(
            @Shown(METADATA) @ZhName("参与人标识") @NotNull @Size(max = 64) @Nullable
            String participant,

            @Shown(METADATA) @ZhName("裁判结果") @NotNull @Code("judgment-outcomes") @Nullable
            String outcome,

            @Shown(SUMMARY) @ZhName("各罪判决") @Size(max = 9) @Nullable
            List<@NotNull @Valid Count> counts,

            @Shown(SUMMARY) @ZhName("执行主刑") @Code("principal-penalties") @Nullable
            String penalty,

            @Shown(SUMMARY) @ZhName("执行刑期（月）") @PositiveOrZero @Max(600) @Nullable
            Integer months,

            @Shown(SUMMARY) @ZhName("缓刑考验期（月）") @PositiveOrZero @Max(60) @Nullable
            Integer probationMonths,

            @Shown(SUMMARY) @ZhName("罚金（元）") @Pattern(regexp = Amount.DECIMAL) @Nullable
            String fine,

            @Shown(SUMMARY) @ZhName("赔偿（元）") @Pattern(regexp = Amount.DECIMAL) @Nullable
            String damages,

            @Shown(METADATA) @ZhName("生效日期") @ByAct @Nullable
            LocalDate effectiveOn)
            implements OfStated {

        private JudgmentResult effective(@Nullable LocalDate day) {
            return new JudgmentResult(
                    participant, outcome, counts, penalty, months, probationMonths, fine, damages, day);
        }
    }

    /**
     * One count 罪名 of a participant.
     *
     * @param charge a code of {@code crimes}
     * @param penalty for this count, a code of {@code principal-penalties}; none where a fine stands alone
     * @param months of it
     * @param fine decimal string in yuan
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Count(
            @ZhName("罪名") @NotNull @Code("crimes") @Nullable String charge,

            @ZhName("主刑") @Code("principal-penalties") @Nullable
            String penalty,

            @ZhName("刑期（月）") @PositiveOrZero @Max(600) @Nullable
            Integer months,

            @ZhName("罚金（元）") @Pattern(regexp = Amount.DECIMAL) @Nullable
            String fine) {}

    @Override
    public String kind() {
        return "judgment";
    }

    @Override
    public Lifecycle lifecycle() {
        return LIFECYCLE;
    }

    /** Which instance it is decides which term runs (刑事诉讼法 art. 208, 243). */
    @Override
    public Map<String, String> clockFacts() {
        Map<String, String> facts = new HashMap<>(attributes());
        if (instance != null) {
            facts.put("instance", instance);
        }
        return facts;
    }

    @Override
    public Map<String, String> attributes() {
        return caseClass == null ? Map.of() : Map.of("caseClass", caseClass.name());
    }

    /** A criminal case that the procuratorate brought has a filing; a private prosecution 自诉 has none. */
    @Override
    public OfFiling ofFiling() {
        return caseClass == CaseClass.CRIMINAL ? OfFiling.MAY : OfFiling.NO;
    }

    @Override
    public Set<UUID> open(Act act) {
        return switch (act.name()) {
            case "pronounce" -> Each.where(results, result -> true);
            case "effect" -> Each.where(results, result -> result.effectiveOn() == null);
            case "retry" -> Each.where(results, result -> result.effectiveOn() != null);
            default -> Content.super.open(act);
        };
    }

    @Override
    public Set<UUID> reached(Act act) {
        return act.name().equals("effect")
                ? Each.where(results, result -> result.effectiveOn() != null)
                : Each.where(results, result -> true);
    }

    @Override
    public @Nullable LocalDate on(Act act) {
        return act.name().equals("pronounce") ? decidedOn : null;
    }

    @Override
    public Judgment after(Done done) {
        return switch (done.act().name()) {
            case "pronounce" -> with(done.on(), results);
            case "effect" -> with(decidedOn, Each.concerned(results, done, result -> result.effective(done.on())));
            case "retry" -> with(decidedOn, Each.concerned(results, done, result -> result.effective(null)));
            default -> this;
        };
    }

    /** Effective once it is for everybody; retried once it is for nobody. */
    @Override
    public String stateAfter(Act act, String before) {
        boolean open = switch (act.name()) {
            case "effect" -> !Each.all(results, result -> result.effectiveOn() != null);
            case "retry" -> !Each.none(results, result -> result.effectiveOn() != null);
            default -> false;
        };
        return open ? before : act.to();
    }

    @Override
    public Map<UUID, String> outcomes() {
        return Each.outcomes(results, JudgmentResult::outcome);
    }

    @Override
    public Set<UUID> settled(String state) {
        return Each.where(results, result -> result.effectiveOn() != null);
    }

    /** What was pronounced, and was neither annulled nor taken up again. */
    @Override
    public boolean mayLeave(String state) {
        return LEAVES.contains(state);
    }

    @Override
    public List<FieldFault> check(String state) {
        List<FieldFault> faults = new ArrayList<>();
        if ("FIRST".equals(instance) && against != null) {
            faults.add(new FieldFault("/against", "NOT_ALLOWED"));
        }
        if ("FIRST".equals(instance) && "REMANDED".equals(state)) {
            faults.add(new FieldFault("/instance", "NOT_ALLOWED"));
        }
        if (caseClass != CaseClass.CRIMINAL && !Each.none(results, result -> result.counts() != null)) {
            faults.add(new FieldFault("/results", "NOT_ALLOWED"));
        }
        return faults;
    }

    private Judgment with(@Nullable LocalDate pronounced, @Nullable List<JudgmentResult> newResults) {
        return new Judgment(
                caseClass,
                instance,
                court,
                caseNumber,
                documentType,
                against,
                appealBy,
                pronounced,
                newResults,
                closedTrial,
                publicText,
                publicUrl,
                participants);
    }
}
