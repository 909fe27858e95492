package org.xietong.kind;

import static org.xietong.label.Caveat.PI;
import static org.xietong.policy.View.FULL;
import static org.xietong.policy.View.METADATA;
import static org.xietong.policy.View.SUMMARY;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
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
 * Arrest review 批捕: the police ask, the procuratorate decides for each suspect (刑事诉讼法 art. 87–92; 人民检察院刑事诉讼规则 chapter
 * ten).
 *
 * @param requestedOn day of 提请批准逮捕书
 * @param facts why the arrest is asked for
 */
public record Arrest(
        @Shown(METADATA) @ZhName("提请日期") @Nullable LocalDate requestedOn,

        @Shown(METADATA) @ZhName("犯罪嫌疑人") @NotEmpty @Size(max = 100) @Nullable
        List<@NotNull @Valid ArrestSuspect> suspects,

        @Shown(FULL) @ZhName("提请理由") @Size(max = 20_000) @Nullable
        String facts,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants)
        implements Content {
    private static final String APPROVED = "APPROVED";
    private static final String REFUSED = "REFUSED";
    private static final String REVOKED = "REVOKED";

    /**
     * PREPARED … REVOKED. By 刑事诉讼法 art. 92 the procuratorate that refused reconsiders 复议, and the one above it reviews 复核: the
     * policy tells them apart by the stage, REVIEW while it is under review.
     */
    public static final Lifecycle LIFECYCLE = Lifecycle.of(
                    "PREPARED",
                    Act.of("request", "REQUESTED", "PREPARED")
                            .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER)
                            .answeredBy("accept")
                            .fields("requestedOn")
                            .sets("ARREST_REQUESTED"),
                    Act.of("accept", "UNDER_REVIEW", "REQUESTED").byAddressee(),
                    Act.of("approve", "DECIDED", "UNDER_REVIEW").byAddressee().needs(Need.DOCUMENT_NUMBER),
                    Act.of("refuse", "DECIDED", "UNDER_REVIEW")
                            .byAddressee()
                            .needs(Need.DOCUMENT_NUMBER)
                            .reason("arrest-refusal-reasons"),
                    execute("EXECUTED", "DECIDED", "EXECUTED", "UPHELD", "REVERSED", "FINAL"),
                    execute("UNDER_REVIEW", "UNDER_REVIEW"),
                    execute("RECONSIDERING", "RECONSIDERING"),
                    execute("REVIEWING", "REVIEWING"),
                    inform("UNDER_REVIEW"),
                    inform("DECIDED"),
                    inform("EXECUTED"),
                    inform("RECONSIDERING"),
                    inform("REVIEWING"),
                    inform("UPHELD"),
                    inform("REVERSED"),
                    inform("FINAL"),
                    Act.of("reconsider", "RECONSIDERING", "DECIDED", "EXECUTED").needs(Need.DOCUMENT_NUMBER),
                    Act.of("review", "REVIEWING", "UPHELD", "REVERSED", "EXECUTED")
                            .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER)
                            .answeredBy("uphold"),
                    Act.of("uphold", "UPHELD", "RECONSIDERING").byAddressee().needs(Need.DOCUMENT_NUMBER),
                    Act.of("uphold", "FINAL", "REVIEWING").byAddressee().needs(Need.DOCUMENT_NUMBER),
                    Act.of("reverse", "REVERSED", "RECONSIDERING", "REVIEWING")
                            .byAddressee()
                            .needs(Need.DOCUMENT_NUMBER),
                    Act.of("revoke", "REVOKED", "DECIDED", "EXECUTED", "UPHELD", "REVERSED", "FINAL")
                            .byAddressee()
                            .needs(Need.DOCUMENT_NUMBER, Need.TEXT)
                            .revokes("ARRESTED", "CUSTODY", "COERCION_NOTIFIED"))
            .stages(Map.of(
                    "FIRST",
                    Set.of(
                            "PREPARED",
                            "REQUESTED",
                            "UNDER_REVIEW",
                            "DECIDED",
                            "EXECUTED",
                            "RECONSIDERING",
                            "UPHELD",
                            "REVERSED",
                            "FINAL",
                            "REVOKED"),
                    "REVIEW",
                    Set.of("REVIEWING")));

    /** Who is to be arrested does not wait for what becomes of another. */
    private static Act execute(String to, String... from) {
        return Act.of("execute", to, from).sets("ARRESTED", "CUSTODY");
    }

    /** The family of whoever was arrested is told (刑事诉讼法 art. 93), however the others' case stands. */
    private static Act inform(String state) {
        return Act.of("notify", state, state).sets("COERCION_NOTIFIED");
    }

    /**
     * One suspect in the review.
     *
     * @param charge a code of {@code crimes}
     * @param custodySince first day of 拘留, which the seven days of art. 91 run from
     * @param reasonClass of a refusal, a code of {@code arrest-refusal-reasons}
     * @param notifiedOn day on which the family was told; absent while it cannot be, or may not yet
     * @param reconsideration a code of {@code arrest-reconsideration}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ArrestSuspect(
            @Shown(METADATA) @ZhName("参与人标识") @NotNull @Size(max = 64) @Nullable
            String participant,

            @Shown(SUMMARY) @ZhName("涉嫌罪名") @Code("crimes") @Nullable
            String charge,

            @Shown(FULL) @ZhName("羁押起始日") @Nullable LocalDate custodySince,

            @Shown(METADATA) @ZhName("审查决定") @Code("arrest-decision") @ByAct @Nullable
            String decision,

            @Shown(SUMMARY) @ZhName("不批准理由") @Code("arrest-refusal-reasons") @ByAct @Nullable
            String reasonClass,

            @Shown(METADATA) @ZhName("决定日期") @ByAct @Nullable
            LocalDate decidedOn,

            @Shown(SUMMARY) @ZhName("决定文号") @Size(max = 128) @ByAct @Nullable
            String number,

            @Shown(SUMMARY) @ZhName("执行日期") @ByAct @Nullable LocalDate executedOn,
            @Shown(SUMMARY) @ZhName("通知日期") @ByAct @Nullable LocalDate notifiedOn,

            @Shown(SUMMARY) @ZhName("复议复核") @Code("arrest-reconsideration") @ByAct @Nullable
            String reconsideration)
            implements OfStated {

        /** Not once it was revoked: that took back what it had opened. */
        private boolean stands() {
            return !REVOKED.equals(decision);
        }

        private boolean awaitsReview() {
            return "REQUESTED".equals(reconsideration) || "REVIEW_REQUESTED".equals(reconsideration);
        }

        private ArrestSuspect decided(String newDecision, Done done) {
            return new ArrestSuspect(
                    participant,
                    charge,
                    custodySince,
                    newDecision,
                    done.reasonCode(),
                    done.on(),
                    done.documentNumber(),
                    executedOn,
                    notifiedOn,
                    reconsideration);
        }

        private ArrestSuspect executed(@Nullable LocalDate day) {
            return with(day, notifiedOn, reconsideration);
        }

        private ArrestSuspect notified(@Nullable LocalDate day) {
            return with(executedOn, day, reconsideration);
        }

        private ArrestSuspect reconsidered(String outcome) {
            return with(executedOn, notifiedOn, outcome);
        }

        private ArrestSuspect with(
                @Nullable LocalDate executed, @Nullable LocalDate notified, @Nullable String outcome) {
            return new ArrestSuspect(
                    participant,
                    charge,
                    custodySince,
                    decision,
                    reasonClass,
                    decidedOn,
                    number,
                    executed,
                    notified,
                    outcome);
        }
    }

    @Override
    public String kind() {
        return "arrest";
    }

    @Override
    public Lifecycle lifecycle() {
        return LIFECYCLE;
    }

    @Override
    public OfFiling ofFiling() {
        return OfFiling.MUST;
    }

    @Override
    public Set<UUID> open(Act act) {
        return switch (act.name()) {
            case "approve", "refuse" -> Each.where(suspects, suspect -> suspect.decision() == null);
            case "execute" ->
                Each.where(suspects, suspect -> APPROVED.equals(suspect.decision()) && suspect.executedOn() == null);
            case "notify" ->
                Each.where(suspects, suspect -> suspect.executedOn() != null && suspect.notifiedOn() == null);
            case "reconsider" ->
                Each.where(
                        suspects, suspect -> REFUSED.equals(suspect.decision()) && suspect.reconsideration() == null);
            case "review" -> Each.where(suspects, suspect -> "UPHELD".equals(suspect.reconsideration()));
            case "uphold", "reverse" -> Each.where(suspects, ArrestSuspect::awaitsReview);
            case "revoke" -> Each.where(suspects, suspect -> APPROVED.equals(suspect.decision()));
            default -> Each.where(suspects, suspect -> true);
        };
    }

    @Override
    public Set<UUID> reached(Act act) {
        return switch (act.name()) {
            case "execute" -> Each.where(suspects, suspect -> suspect.stands() && suspect.executedOn() != null);
            case "notify" -> Each.where(suspects, suspect -> suspect.stands() && suspect.notifiedOn() != null);
            default -> Each.where(suspects, suspect -> true);
        };
    }

    @Override
    public Arrest after(Done done) {
        boolean last = done.act().to().equals("FINAL");
        return switch (done.act().name()) {
            case "approve" -> with(done, suspect -> suspect.decided(APPROVED, done));
            case "refuse" -> with(done, suspect -> suspect.decided(REFUSED, done));
            case "execute" -> with(done, suspect -> suspect.executed(done.on()));
            case "notify" -> with(done, suspect -> suspect.notified(done.on()));
            case "reconsider" -> with(done, suspect -> suspect.reconsidered("REQUESTED"));
            case "review" -> with(done, suspect -> suspect.reconsidered("REVIEW_REQUESTED"));
            case "uphold" -> with(done, suspect -> suspect.reconsidered(last ? "REVIEW_UPHELD" : "UPHELD"));
            case "reverse" ->
                with(done, suspect -> suspect.decided(APPROVED, done).reconsidered("REVERSED"));
            case "revoke" -> with(done, suspect -> suspect.decided(REVOKED, done));
            default -> this;
        };
    }

    /** Decided, upheld or reversed with the last suspect's decision; revoked once no approval stands. */
    @Override
    public String stateAfter(Act act, String before) {
        boolean open = switch (act.name()) {
            case "approve", "refuse" -> !Each.all(suspects, suspect -> suspect.decision() != null);
            case "uphold", "reverse" -> !Each.none(suspects, ArrestSuspect::awaitsReview);
            case "revoke" -> !Each.none(suspects, suspect -> APPROVED.equals(suspect.decision()));
            default -> false;
        };
        return open ? before : act.to();
    }

    @Override
    public Map<UUID, String> outcomes() {
        return Each.outcomes(suspects, ArrestSuspect::decision);
    }

    @Override
    public List<FieldFault> check(String state) {
        return Days.notAfterToday("/requestedOn", requestedOn);
    }

    private Arrest with(Done done, UnaryOperator<ArrestSuspect> change) {
        return new Arrest(requestedOn, Each.concerned(suspects, done, change), facts, participants);
    }
}
