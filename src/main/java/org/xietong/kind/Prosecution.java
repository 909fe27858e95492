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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
 * Prosecution 审查起诉: from receipt to indictment or non-prosecution of each suspect (刑事诉讼法 art. 169–182).
 *
 * @param returns how often it went back for supplementary investigation 退回补充侦查; twice at most (art. 175)
 */
public record Prosecution(
        @Shown(METADATA) @ZhName("受理日期") @NotNull @Nullable LocalDate receivedOn,

        @Shown(METADATA) @ZhName("犯罪嫌疑人") @NotEmpty @Size(max = 100) @Nullable
        List<@NotNull @Valid ProsecutionSuspect> suspects,

        @Shown(SUMMARY) @ZhName("退回补充侦查次数") @ByAct @Nullable Integer returns,

        @Shown(FULL) @ZhName("审查情况") @Size(max = 20_000) @Nullable
        String facts,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants)
        implements Content {
    private static final int MOST_RETURNS = 2;
    private static final Set<String> LEAVES = Set.of("DECIDED", "CLOSED");
    private static final String INDICTED = "INDICTED";
    private static final String NOT_PROSECUTED = "NOT_PROSECUTED";

    /**
     * RECEIVED … CLOSED. A decision not to prosecute that is found wrong, by 复议, 复核 or the victim's complaint (刑事诉讼法 art.
     * 179–180), is revoked, and the suspect decided upon anew.
     */
    public static final Lifecycle LIFECYCLE = Lifecycle.of(
            "RECEIVED",
            Act.of("return", "RETURNED", "RECEIVED")
                    .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER, Need.TEXT)
                    .answeredBy("resubmit"),
            Act.of("resubmit", "RECEIVED", "RETURNED").byAddressee().needs(Need.DOCUMENT_NUMBER),
            Act.of("indict", "DECIDED", "RECEIVED")
                    .needs(Need.ADDRESSEES, Need.DOCUMENT_NUMBER)
                    .sets(INDICTED),
            Act.of("not-prosecute", "DECIDED", "RECEIVED")
                    .needs(Need.DOCUMENT_NUMBER)
                    .reason("non-prosecution-kinds")
                    .sets(NOT_PROSECUTED),
            Act.of("revoke", "RECEIVED", "DECIDED")
                    .needs(Need.DOCUMENT_NUMBER, Need.TEXT)
                    .revokes(NOT_PROSECUTED),
            Act.of("change", "DECIDED", "DECIDED").needs(Need.DOCUMENT_NUMBER),
            Act.of("add", "DECIDED", "DECIDED").needs(Need.DOCUMENT_NUMBER).sets(INDICTED),
            Act.of("withdraw", "WITHDRAWN", "RECEIVED", "RETURNED", "DECIDED")
                    .needs(Need.DOCUMENT_NUMBER, Need.TEXT)
                    .revokes(INDICTED),
            Act.of("close", "CLOSED", "DECIDED", "WITHDRAWN"));

    /**
     * One suspect in the review.
     *
     * @param decision a code of {@code prosecution-decision}
     * @param nonProsecution why not, a code of {@code non-prosecution-kinds}
     * @param number of the 起诉书 or 不起诉决定书
     * @param charges codes of {@code crimes}
     * @param pleaLeniency 认罪认罚 (art. 15)
     * @param court to which it goes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ProsecutionSuspect(
            @Shown(METADATA) @ZhName("参与人标识") @NotNull @Size(max = 64) @Nullable
            String participant,

            @Shown(METADATA) @ZhName("审查决定") @Code("prosecution-decision") @ByAct @Nullable
            String decision,

            @Shown(SUMMARY) @ZhName("不起诉类型") @Code("non-prosecution-kinds") @ByAct @Nullable
            String nonProsecution,

            @Shown(SUMMARY) @ZhName("决定文号") @Size(max = 128) @ByAct @Nullable
            String number,

            @Shown(METADATA) @ZhName("决定日期") @ByAct @Nullable
            LocalDate decidedOn,

            @Shown(SUMMARY) @ZhName("起诉罪名") @Size(max = 9) @Nullable
            List<@NotNull @Code("crimes") String> charges,

            @Shown(SUMMARY) @ZhName("认罪认罚") @Nullable Boolean pleaLeniency,

            @Shown(SUMMARY) @ZhName("受诉法院") @Size(max = 100) @Nullable
            String court)
            implements OfStated {

        private ProsecutionSuspect undecided() {
            return new ProsecutionSuspect(participant, null, null, null, null, charges, pleaLeniency, court);
        }

        private ProsecutionSuspect decided(String newDecision, Done done) {
            return new ProsecutionSuspect(
                    participant,
                    newDecision,
                    done.reasonCode(),
                    done.documentNumber(),
                    done.on(),
                    charges,
                    pleaLeniency,
                    court);
        }
    }

    @Override
    public String kind() {
        return "prosecution";
    }

    @Override
    public Lifecycle lifecycle() {
        return LIFECYCLE;
    }

    /** 自受理之日起: the month of the review runs from receipt, whenever it was entered. */
    @Override
    public @Nullable LocalDate begunOn() {
        return receivedOn;
    }

    @Override
    public OfFiling ofFiling() {
        return OfFiling.MUST;
    }

    @Override
    public Set<UUID> open(Act act) {
        return switch (act.name()) {
            case "indict", "not-prosecute", "add" -> Each.where(suspects, suspect -> suspect.decision() == null);
            case "withdraw" -> Each.where(suspects, suspect -> INDICTED.equals(suspect.decision()));
            case "revoke" -> Each.where(suspects, suspect -> NOT_PROSECUTED.equals(suspect.decision()));
            default -> Each.where(suspects, suspect -> true);
        };
    }

    @Override
    public Set<UUID> accused() {
        Set<UUID> named = Each.where(suspects, suspect -> true);
        return named.isEmpty() ? Content.super.accused() : named;
    }

    @Override
    public Set<UUID> reached(Act act) {
        return switch (act.name()) {
            case "indict", "add" -> Each.where(suspects, suspect -> INDICTED.equals(suspect.decision()));
            case "not-prosecute" -> Each.where(suspects, suspect -> NOT_PROSECUTED.equals(suspect.decision()));
            default -> Each.where(suspects, suspect -> true);
        };
    }

    /** Where all that it decided have one day. */
    @Override
    public @Nullable LocalDate on(Act act) {
        Set<UUID> concerned = reached(act);
        Set<LocalDate> days = suspects == null
                ? Set.of()
                : suspects.stream()
                        .filter(suspect -> concerned.contains(suspect.participantId()))
                        .map(ProsecutionSuspect::decidedOn)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet());
        return days.size() == 1 ? days.iterator().next() : null;
    }

    @Override
    public Prosecution after(Done done) {
        return switch (done.act().name()) {
            case "return" ->
                new Prosecution(receivedOn, suspects, returns == null ? 1 : returns + 1, facts, participants);
            case "indict", "add" -> with(done, suspect -> suspect.decided(INDICTED, done));
            case "not-prosecute" -> with(done, suspect -> suspect.decided(NOT_PROSECUTED, done));
            case "withdraw" -> with(done, suspect -> suspect.decided("WITHDRAWN", done));
            case "revoke" -> with(done, ProsecutionSuspect::undecided);
            default -> this;
        };
    }

    /** Decided once the last suspect's decision is there; withdrawn once no indictment stands and nobody waits. */
    @Override
    public String stateAfter(Act act, String before) {
        boolean open = switch (act.name()) {
            case "indict", "not-prosecute" -> !Each.all(suspects, suspect -> suspect.decision() != null);
            case "withdraw" ->
                !Each.none(suspects, suspect -> suspect.decision() == null || INDICTED.equals(suspect.decision()));
            default -> false;
        };
        return open ? before : act.to();
    }

    @Override
    public Map<UUID, String> outcomes() {
        return Each.outcomes(suspects, ProsecutionSuspect::decision);
    }

    /** A review that is under way, or was taken up again, tells nobody outside how it may end. */
    @Override
    public boolean mayLeave(String state) {
        return LEAVES.contains(state) && !outcomes().isEmpty();
    }

    /** 不起诉. */
    @Override
    public Set<UUID> settled(String state) {
        return Each.where(suspects, suspect -> NOT_PROSECUTED.equals(suspect.decision()));
    }

    @Override
    public List<FieldFault> check(String state) {
        List<FieldFault> faults = new ArrayList<>(Days.notAfterToday("/receivedOn", receivedOn));
        if (returns != null && returns > MOST_RETURNS) {
            faults.add(new FieldFault("/returns", "TOO_MANY"));
        }
        return faults;
    }

    private Prosecution with(Done done, UnaryOperator<ProsecutionSuspect> change) {
        return new Prosecution(receivedOn, Each.concerned(suspects, done, change), returns, facts, participants);
    }
}
