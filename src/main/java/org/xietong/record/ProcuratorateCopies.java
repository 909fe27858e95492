package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Unit;
import org.xietong.agency.Units;
import org.xietong.matter.Matters;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The copy to the procuratorate 抄送检察院备案 (咸中法〔2021〕10号 art. 7; 国务院令310号 §6): made by the service in the transaction of the
 * act, to the procuratorate of the sender's level and of each addressee's. Neither sender nor addressee asks for it, and none of them
 * can keep it back; a suspended procuratorate has it when it is back.
 */
@ApplicationScoped
class ProcuratorateCopies {
    private final CurrentPolicy policy;
    private final Matters matters;

    ProcuratorateCopies(CurrentPolicy policy, Matters matters) {
        this.policy = policy;
        this.matters = matters;
    }

    /**
     * Copies what is handed over.
     *
     * @param to units that it is handed to
     * @return the units that got a copy
     * @throws ProblemException NO_PROCURATORATE where the directory knows none of a level concerned: nothing is handed over unseen
     */
    List<String> copy(WriteContext context, RecordRow record, List<String> to) {
        Units units = policy.units();
        Set<String> copied = new TreeSet<>();
        for (String concerned :
                Stream.concat(Stream.of(record.ownerUnit()), to.stream()).toList()) {
            List<String> supervisors = units.all().stream()
                    .filter(unit -> unit.agency() == AgencyCode.PROC && units.sameLevel(unit.id(), concerned))
                    .map(Unit::id)
                    .toList();
            if (supervisors.isEmpty()) {
                throw new ProblemException(ProblemType.NO_PROCURATORATE);
            }
            copied.addAll(supervisors);
        }
        copied.remove(record.ownerUnit());
        for (String unit : copied) {
            matters.copy(record.matter(), record.id(), record.ownerUnit(), unit, context.at());
        }
        return new ArrayList<>(copied);
    }
}
