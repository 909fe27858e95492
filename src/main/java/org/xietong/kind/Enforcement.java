package org.xietong.kind;

import static org.xietong.label.Caveat.PI;
import static org.xietong.policy.View.FULL;
import static org.xietong.policy.View.METADATA;
import static org.xietong.policy.View.SUMMARY;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
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
 * Enforcement 执行: what a court enforces of an effective decision (刑事诉讼法 art. 260–276; 民事诉讼法 part three).
 *
 * @param type a code of {@code enforcement-types}
 * @param basisNumber case number of the decision that is enforced
 * @param measures codes of {@code enforcement-measures}
 */
public record Enforcement(
        @Shown(METADATA) @ZhName("案件类别") @NotNull @Nullable CaseClass caseClass,

        @Shown(METADATA) @ZhName("执行事项") @NotNull @Code("enforcement-types") @Nullable
        String type,

        @Shown(SUMMARY) @ZhName("执行依据案号") @NotNull @Size(max = 64) @Conforms(IdentifierType.COURT_CASE_NUMBER) @Nullable
        String basisNumber,

        @Shown(SUMMARY) @ZhName("执行案号") @Size(max = 64) @Conforms(IdentifierType.COURT_CASE_NUMBER) @Nullable
        String caseNumber,

        @Shown(METADATA) @ZhName("被执行人") @NotEmpty @Size(max = 100) @Nullable
        List<@NotNull @Valid EnforcementShare> shares,

        @Shown(FULL) @ZhName("分期履行") @Size(max = 120) @Nullable
        List<@NotNull @Valid Instalment> instalments,

        @Shown(SUMMARY) @ZhName("执行措施") @Size(max = 20) @Nullable
        List<@NotNull @Code("enforcement-measures") String> measures,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants)
        implements Content {
    /** OPENED … COMPLETED. */
    public static final Lifecycle LIFECYCLE = Lifecycle.of(
            "OPENED",
            Act.of("proceed", "IN_PROGRESS", "OPENED", "IN_PROGRESS"),
            Act.of("suspend", "SUSPENDED", "OPENED", "IN_PROGRESS").needs(Need.DOCUMENT_NUMBER, Need.TEXT),
            Act.of("resume", "IN_PROGRESS", "SUSPENDED", "ENDED_FOR_NOW"),
            Act.of("complete", "COMPLETED", "OPENED", "IN_PROGRESS").sets("ENFORCED"),
            Act.of("end", "ENDED_FOR_NOW", "OPENED", "IN_PROGRESS").needs(Need.DOCUMENT_NUMBER, Need.TEXT),
            Act.of("terminate", "TERMINATED", "OPENED", "IN_PROGRESS", "SUSPENDED")
                    .needs(Need.DOCUMENT_NUMBER, Need.TEXT));

    /**
     * What is enforced against one participant.
     *
     * @param ordered decimal string in yuan, as is {@code collected}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EnforcementShare(
            @Shown(METADATA) @ZhName("参与人标识") @NotNull @Size(max = 64) @Nullable
            String participant,

            @Shown(SUMMARY) @ZhName("应执行（元）") @Pattern(regexp = Amount.DECIMAL) @Nullable
            String ordered,

            @Shown(SUMMARY) @ZhName("已执行（元）") @Pattern(regexp = Amount.DECIMAL) @Nullable
            String collected,

            @Shown(METADATA) @ZhName("执行完毕日期") @ByAct @Nullable
            LocalDate completedOn)
            implements OfStated {

        private EnforcementShare completed(@Nullable LocalDate day) {
            return new EnforcementShare(participant, ordered, collected, day);
        }
    }

    /**
     * One payment of an instalment plan.
     *
     * @param amount decimal string in yuan
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Instalment(
            @ZhName("参与人标识") @NotNull @Size(max = 64) @Nullable
            String participant,

            @ZhName("应付日期") @NotNull @Nullable LocalDate dueOn,
            @ZhName("实付日期") @Nullable LocalDate paidOn,

            @ZhName("金额（元）") @NotNull @Pattern(regexp = Amount.DECIMAL) @Nullable
            String amount)
            implements OfStated {}

    @Override
    public String kind() {
        return "enforcement";
    }

    @Override
    public Lifecycle lifecycle() {
        return LIFECYCLE;
    }

    @Override
    public Map<String, String> attributes() {
        return caseClass == null ? Map.of() : Map.of("caseClass", caseClass.name());
    }

    @Override
    public OfFiling ofFiling() {
        return caseClass == CaseClass.CRIMINAL ? OfFiling.MAY : OfFiling.NO;
    }

    @Override
    public Set<UUID> open(Act act) {
        return act.name().equals("complete")
                ? Each.where(shares, share -> share.completedOn() == null)
                : Content.super.open(act);
    }

    @Override
    public Set<UUID> reached(Act act) {
        return act.name().equals("complete")
                ? Each.where(shares, share -> share.completedOn() != null)
                : Content.super.reached(act);
    }

    @Override
    public Enforcement after(Done done) {
        if (!done.act().name().equals("complete")) {
            return this;
        }
        List<EnforcementShare> completed = Each.concerned(shares, done, share -> share.completed(done.on()));
        return new Enforcement(
                caseClass, type, basisNumber, caseNumber, completed, instalments, measures, participants);
    }

    /** Completed once it is against everybody. */
    @Override
    public String stateAfter(Act act, String before) {
        boolean open = act.name().equals("complete") && !Each.all(shares, share -> share.completedOn() != null);
        return open ? before : act.to();
    }

    @Override
    public List<FieldFault> check(String state) {
        return List.of();
    }
}
