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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.CodeLists;
import org.xietong.identifier.IdentifierType;
import org.xietong.identifier.Reading;
import org.xietong.identifier.ZhName;
import org.xietong.matter.Occurred;
import org.xietong.matter.Participant;
import org.xietong.policy.Shown;
import org.xietong.problem.FieldFault;
import org.xietong.record.Act;
import org.xietong.record.ByAct;
import org.xietong.record.Content;
import org.xietong.record.Done;
import org.xietong.record.Lifecycle;

/**
 * Filing 立案: the police's on a crime (国务院令310号 §8, 刑事诉讼法 art. 112), an agency's on an offence, the court's on a lawsuit.
 *
 * @param decision a code of {@code filing-decision}, decided by the acts; absent before the first of them
 * @param charge of a criminal filing, a code of {@code crimes}
 * @param cause of a civil or administrative filing, a code of {@code causes} in force on {@code filedOn}
 * @param caseNumber as the competent agency writes it, in its normal form where it has one; a court's must be a 案号
 */
public record Filing(
        @Shown(METADATA) @ZhName("立案类型") @NotNull @Nullable FilingType filingType,

        @Shown(METADATA) @ZhName("立案决定") @Code("filing-decision") @ByAct @Nullable
        String decision,

        @Shown(SUMMARY) @ZhName("决定理由") @Valid @Nullable FilingReason reason,

        @Shown(SUMMARY) @ZhName("罪名") @Code("crimes") @Nullable
        String charge,

        @Shown(SUMMARY) @ZhName("案由") @Code("causes") @Nullable
        String cause,

        @Shown(SUMMARY) @ZhName("案件编号") @Size(max = 64) @Nullable
        String caseNumber,

        @Shown(METADATA) @ZhName("立案日期") @Nullable LocalDate filedOn,

        @Shown(value = FULL, caveats = PI) @ZhName("参与人") @Size(max = 100) @Nullable
        List<@NotNull @Valid Participant> participants)
        implements Content {

    @Override
    public String kind() {
        return "filing";
    }

    @Override
    public Lifecycle lifecycle() {
        return filingType == FilingType.CRIMINAL ? FilingLifecycles.CRIMINAL : FilingLifecycles.OTHER;
    }

    @Override
    public Map<String, String> attributes() {
        return filingType == null ? Map.of() : Map.of("filingType", filingType.name());
    }

    /** Where one alone is suspected, to discontinue is to withdraw the case. */
    @Override
    public Set<UUID> open(Act act) {
        Set<UUID> all = Content.super.open(act);
        return act.name().equals("discontinue") && all.size() < 2 ? Set.of() : all;
    }

    /** Against whom the case was discontinued the content does not tell. */
    @Override
    public Set<UUID> reached(Act act) {
        return act.name().equals("discontinue") ? Set.of() : Content.super.reached(act);
    }

    @Override
    public Reach reach(Act act) {
        return switch (act.name()) {
            case "withdraw" -> Reach.ALL;
            case "discontinue" -> Reach.SOME;
            default -> Reach.ANY;
        };
    }

    @Override
    public Filing after(Done done) {
        String decided = FilingLifecycles.decision(done.act().to());
        return decided == null ? this : with(decided);
    }

    @Override
    public List<FieldFault> check(String state) {
        List<FieldFault> faults = new ArrayList<>();
        boolean criminal = filingType == FilingType.CRIMINAL;
        if (criminal && cause != null) {
            faults.add(new FieldFault("/cause", "NOT_ALLOWED"));
        }
        if (!criminal && charge != null) {
            faults.add(new FieldFault("/charge", "NOT_ALLOWED"));
        }
        if (cause != null && !criminal) {
            checkCause(cause, faults);
        }
        if (filingType == FilingType.CIVIL
                && caseNumber != null
                && IdentifierType.COURT_CASE_NUMBER.read(caseNumber).orElse(null) instanceof Reading.Faulty faulty) {
            faults.add(new FieldFault("/caseNumber", faulty.rule()));
        }
        if (filedOn != null && filedOn.isAfter(LocalDate.now(Occurred.ZONE))) {
            faults.add(new FieldFault("/filedOn", "FUTURE"));
        }
        if ("REFUSED".equals(state) && (reason == null || reason.code() == null)) {
            faults.add(new FieldFault("/reason/code", "REQUIRED"));
        }
        return faults;
    }

    /** A cause belongs to its procedure, and to the version of the list that was in force on the day of filing. */
    private void checkCause(String stated, List<FieldFault> faults) {
        if (stated.startsWith("CIVIL_") != (filingType == FilingType.CIVIL)) {
            faults.add(new FieldFault("/cause", "NOT_ALLOWED"));
        } else if (filedOn != null && !CodeLists.standard().contains("causes", stated, filedOn)) {
            faults.add(new FieldFault("/cause", "NOT_IN_FORCE"));
        }
    }

    private Filing with(@Nullable String newDecision) {
        return new Filing(filingType, newDecision, reason, charge, cause, caseNumber, filedOn, participants);
    }
}
