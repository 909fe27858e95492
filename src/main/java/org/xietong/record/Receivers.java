package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.xietong.agency.Caller;
import org.xietong.matter.Matters;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** To whom an act hands a record, and handing it over: the same for acts that are taken here and for those of the past. */
@ApplicationScoped
class Receivers {
    private final Rights rights;
    private final Lookup lookup;
    private final Matters matters;

    Receivers(Rights rights, Lookup lookup, Matters matters) {
        this.rights = rights;
        this.lookup = lookup;
        this.matters = matters;
    }

    /**
     * A record is handed over to whom the policy lets see and answer it: it must not get lost.
     *
     * @param one whether it lies with one unit only: of two, none would answer
     * @throws ProblemException INVALID_CONTENT with a fault for each who may not have it
     */
    void require(Caller caller, Seen<?> seen, Act act, List<String> units, boolean one) {
        List<FieldFault> faults = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            if (!mayGoTo(caller, seen, act, units.get(i))) {
                faults.add(new FieldFault("/addressees/" + i, "CANNOT_RECEIVE"));
            }
        }
        for (int i = 1; one && i < units.size(); i++) {
            faults.add(new FieldFault("/addressees/" + i, "NOT_ALLOWED"));
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }

    private boolean mayGoTo(Caller caller, Seen<?> seen, Act act, String unit) {
        return !unit.equals(caller.unit())
                && rights.canReceive(seen, act, unit)
                && (!seen.content().goesToOwnerOfFiling(act) || ownsFiling(caller, seen.row(), unit));
    }

    private boolean ownsFiling(Caller caller, RecordRow row, String unit) {
        return row.filing() != null
                && lookup.filing(caller, row.filing())
                        .filter(filing -> filing.ownerUnit().equals(unit))
                        .isPresent();
    }

    /** Hands it over, or asks them where the content asks. */
    void handOver(WriteContext context, Seen<?> seen, List<String> units) {
        UUID matter = seen.row().matter();
        UUID record = seen.row().id();
        String from = context.caller().unit();
        for (String unit : units) {
            if (seen.content().asks()) {
                matters.ask(matter, record, from, unit, context.at());
            } else {
                matters.handOver(matter, record, from, unit, context.at());
            }
        }
    }
}
