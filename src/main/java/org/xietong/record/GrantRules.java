package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Unit;
import org.xietong.identifier.CodeLists;
import org.xietong.label.Caveat;
import org.xietong.label.Declaration;
import org.xietong.label.Label;
import org.xietong.label.Level;
import org.xietong.policy.GrantFact;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** To whom, what and for how long an owner may grant. */
@ApplicationScoped
class GrantRules {
    private final CurrentPolicy policy;
    private final ProposalConfig config;
    private final CodeLists codes = CodeLists.standard();

    GrantRules(CurrentPolicy policy, ProposalConfig config) {
        this.policy = policy;
        this.config = config;
    }

    /** @throws ProblemException INVALID_CONTENT, naming every rule that the draft breaks */
    void check(WriteContext context, Seen<?> seen, GrantDraft draft) {
        Declaration.require(draft.noStateSecret());
        List<FieldFault> faults = new ArrayList<>();
        String officer = draft.officer();
        String unit = draft.unit();
        if ((officer == null) == (unit == null)) {
            faults.add(new FieldFault("/unit", "EITHER_UNIT_OR_OFFICER"));
        } else {
            grantee(seen, officer != null, officer != null ? officer : unit)
                    .ifPresent(rule -> faults.add(new FieldFault(officer != null ? "/officer" : "/unit", rule)));
        }
        String purpose = draft.purpose();
        if (purpose == null || !codes.contains("purposes", purpose)) {
            faults.add(new FieldFault("/purpose", "UNKNOWN_CODE"));
        }
        caveats(draft, faults);
        until(draft.until(), context.at(), faults);
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }

    /** The rule that a grantee breaks, if any: nobody unknown, no auditor, nobody outside the circle that the label draws. */
    Optional<String> grantee(Seen<?> seen, boolean person, @Nullable String grantee) {
        Optional<Unit> unit = Optional.ofNullable(grantee)
                .flatMap(id -> person ? policy.unitOf(id) : Optional.of(id))
                .flatMap(policy.units()::find)
                .filter(Unit::active);
        if (grantee == null || unit.isEmpty()) {
            return Optional.of(person ? "UNKNOWN_OFFICER" : "UNKNOWN_UNIT");
        }
        if (unit.get().id().equals(seen.row().ownerUnit())) {
            return Optional.of("OWNER");
        }
        if (!GrantFact.mayReceive(unit.get().agency())) {
            return Optional.of("CANNOT_RECEIVE");
        }
        Label label = seen.facts().label();
        boolean narrowed = !label.scope().isEmpty() || label.level() == Level.WORK_SECRET_LIMITED;
        boolean listed = label.scope().units().contains(unit.get().id())
                || person && label.scope().persons().contains(grantee);
        return narrowed && !listed ? Optional.of("OUTSIDE_SCOPE") : Optional.empty();
    }

    private static void caveats(GrantDraft draft, List<FieldFault> faults) {
        Set<Caveat> caveats = draft.caveats() == null ? Set.of() : draft.caveats();
        if (caveats.stream().anyMatch(GrantFact.NEVER::contains)) {
            faults.add(new FieldFault("/caveats", "NEVER_GRANTED"));
        }
        if (caveats.contains(Caveat.INFORMANT) && draft.officer() == null) {
            faults.add(new FieldFault("/caveats", "INFORMANT_TO_AN_OFFICER_ONLY"));
        }
    }

    private void until(@Nullable OffsetDateTime until, Instant now, List<FieldFault> faults) {
        if (until == null) {
            return;
        }
        if (!until.toInstant().isAfter(now)) {
            faults.add(new FieldFault("/until", "IN_THE_PAST"));
        } else if (until.toInstant().isAfter(now.plus(config.longestGrant()))) {
            faults.add(new FieldFault("/until", "TOO_LATE"));
        }
    }
}
