package org.xietong.kind;

import static org.xietong.label.Caveat.PI;
import static org.xietong.policy.View.FULL;
import static org.xietong.policy.View.METADATA;
import static org.xietong.policy.View.SUMMARY;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.matter.Amount;
import org.xietong.matter.Participant;
import org.xietong.policy.Shown;
import org.xietong.problem.FieldFault;
import org.xietong.record.Act;
import org.xietong.record.Act.Need;
import org.xietong.record.Content;
import org.xietong.record.Lifecycle;
import org.xietong.threshold.Suspected;

/**
 * Penalty 行政处罚: an administrative case and what was decided in it (行政处罚法 art. 54–63); owned by market supervision, the IP
 * office or the copyright bureau.
 *
 * @param decisionType a code of {@code penalty-decision}
 * @param caseNumber as the agency writes it, in its normal form where it has one
 * @param flags traits that an officer marked, 合理嫌疑 among them
 * @param fine decimal string in yuan, as are {@code paid} and {@code confiscated}
 * @param publicUrl where the decision is published
 */
public record Penalty(
        @Shown(METADATA) @ZhName("知识产权类型") @NotNull @Code("right-types") @Nullable
        String rightType,

        @Shown(SUMMARY) @ZhName("案件编号") @Size(max = 64) @Nullable
        String caseNumber,

        @Shown(METADATA) @ZhName("决定类型") @Code("penalty-decision") @Nullable
        String decisionType,

        @Shown(FULL) @ZhName("违法事实") @NotBlank @Size(max = 20_000) @Nullable
        String facts,

        @Shown(SUMMARY) @ZhName("处罚依据") @Size(max = 1_000) @Nullable
        String legalBasis,

        @Shown(SUMMARY) @ZhName("涉案数额") @Size(max = 50) @Nullable
        List<@NotNull @Valid Amount> amounts,

        @Shown(SUMMARY) @ZhName("案件特征") @Size(max = 5) @Nullable
        List<@NotNull @Valid ClueFlag> flags,

        @Shown(SUMMARY) @ZhName("罚款（元）") @Pattern(regexp = Amount.DECIMAL) @Nullable
        String fine,

        @Shown(SUMMARY) @ZhName("已缴（元）") @Pattern(regexp = Amount.DECIMAL) @Nullable
        String paid,

        @Shown(SUMMARY) @ZhName("没收（元）") @Pattern(regexp = Amount.DECIMAL) @Nullable
        String confiscated,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants,

        @Shown(METADATA) @ZhName("决定日期") @Nullable LocalDate decidedOn,

        @Shown(METADATA) @ZhName("公开网址") @Pattern(regexp = Published.URL) @Size(max = 500) @Nullable
        String publicUrl)
        implements Content {
    private static final Set<String> ENDED =
            Set.of("SERVED", "ENFORCEMENT_REQUESTED", "PERFORMED", "DROPPED", "REVOKED", "CLOSED");

    /** INVESTIGATING … CLOSED; 告知 art. 44, 听证 art. 63, 送达 art. 61, 申请强制执行 art. 72. */
    public static final Lifecycle LIFECYCLE = Lifecycle.of(
            "INVESTIGATING",
            Act.of("notify", "NOTIFIED", "INVESTIGATING").needs(Need.DOCUMENT_NUMBER),
            Act.of("hear", "HEARD", "NOTIFIED"),
            Act.of("decide", "DECIDED", "NOTIFIED", "HEARD")
                    .needs(Need.DOCUMENT_NUMBER)
                    .fields("decisionType", "legalBasis", "decidedOn"),
            Act.of("drop", "DROPPED", "INVESTIGATING", "NOTIFIED", "HEARD")
                    .needs(Need.TEXT)
                    .fields("decisionType", "decidedOn"),
            Act.of("serve", "SERVED", "DECIDED"),
            Act.of("apply", "ENFORCEMENT_REQUESTED", "SERVED").needs(Need.DOCUMENT_NUMBER),
            Act.of("perform", "PERFORMED", "SERVED", "ENFORCEMENT_REQUESTED"),
            Act.of("sue", "IN_LAWSUIT", "SERVED", "ENFORCEMENT_REQUESTED", "PERFORMED")
                    .sets("LAWSUIT"),
            Act.of("uphold", "SERVED", "IN_LAWSUIT").needs(Need.TEXT),
            Act.of("revoke", "REVOKED", "DECIDED", "SERVED", "ENFORCEMENT_REQUESTED", "PERFORMED", "IN_LAWSUIT")
                    .needs(Need.TEXT),
            Act.of("close", "CLOSED", "PERFORMED", "DROPPED", "REVOKED"),
            Suspicions.notTransfer("INVESTIGATING"),
            Suspicions.notTransfer("NOTIFIED"),
            Suspicions.notTransfer("HEARD"),
            Suspicions.notTransfer("DECIDED"),
            Suspicions.notTransfer("DROPPED"),
            Suspicions.notTransfer("SERVED"),
            Suspicions.notTransfer("ENFORCEMENT_REQUESTED"),
            Suspicions.notTransfer("PERFORMED"),
            Suspicions.notTransfer("IN_LAWSUIT"),
            Suspicions.notTransfer("REVOKED"),
            Suspicions.notTransfer("CLOSED"));

    @Override
    public String kind() {
        return "penalty";
    }

    @Override
    public Lifecycle lifecycle() {
        return LIFECYCLE;
    }

    /** 行政处罚: by a decision that was served, or by its end without one. */
    @Override
    public Set<UUID> settled(String state) {
        return settlesAll(state) ? accused() : Set.of();
    }

    @Override
    public boolean settlesAll(String state) {
        return ENDED.contains(state);
    }

    @Override
    public Optional<Suspected> suspected(String state) {
        return Optional.of(new Suspected(
                rightType,
                amounts == null ? List.of() : amounts,
                List.of(),
                Suspicions.conditions(flags, null, null),
                Suspicions.isMarked(flags),
                decidedOn,
                false));
    }

    @Override
    public boolean allows(Act act) {
        return !act.name().equals(Act.NOT_TRANSFER)
                || suspected(LIFECYCLE.initial()).filter(Suspicions::prompts).isPresent();
    }

    @Override
    public List<FieldFault> check(String state) {
        return Days.notAfterToday("/decidedOn", decidedOn);
    }
}
