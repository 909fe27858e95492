package org.xietong.exchange;

import static org.xietong.exchange.Operation.DISCLOSURE_SEARCH;
import static org.xietong.exchange.Operation.EXCHANGE_EVIDENCE;
import static org.xietong.exchange.Operation.EXCHANGE_LIST;
import static org.xietong.exchange.Operation.EXCHANGE_READ;
import static org.xietong.exchange.Operation.EXCHANGE_RECEIPT;
import static org.xietong.exchange.Operation.EXCHANGE_TABLE;
import static org.xietong.exchange.Operation.INQUIRY_APPROVE;
import static org.xietong.exchange.Operation.INQUIRY_CLOSE;
import static org.xietong.exchange.Operation.INQUIRY_LIST;
import static org.xietong.exchange.Operation.INQUIRY_PROPOSE;
import static org.xietong.exchange.Operation.INQUIRY_READ;
import static org.xietong.exchange.Operation.LOG_BUNDLE;
import static org.xietong.exchange.Operation.LOG_COUNTS;
import static org.xietong.exchange.Operation.LOG_ENTRIES;
import static org.xietong.exchange.Operation.POLICY_READ;
import static org.xietong.exchange.Operation.TOKEN_ISSUE;

import java.util.Optional;
import java.util.Set;
import org.xietong.agency.AdminRole;
import org.xietong.agency.Officer;
import org.xietong.agency.Role;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Separation of duties 三员分立: who administers reads and writes no case, and who handles cases administers nothing. What
 * stands in none of these sets is closed to administrators and to their consoles (I2). Decided before anything is looked
 * up, so that the refusal tells of no record (I4).
 */
final class Duties {
    /** No case data. */
    private static final Set<Operation> OF_EVERYBODY = Set.of(TOKEN_ISSUE, POLICY_READ);

    /** The journal holds no content; reading it is the audit administrator's duty. */
    private static final Set<Operation> OF_AUDIT = Set.of(
            EXCHANGE_LIST,
            EXCHANGE_READ,
            EXCHANGE_RECEIPT,
            EXCHANGE_EVIDENCE,
            EXCHANGE_TABLE,
            LOG_BUNDLE,
            LOG_ENTRIES,
            LOG_COUNTS,
            INQUIRY_PROPOSE,
            INQUIRY_APPROVE,
            INQUIRY_CLOSE,
            INQUIRY_LIST,
            INQUIRY_READ,
            DISCLOSURE_SEARCH);

    private Duties() {}

    /** @throws ProblemException FORBIDDEN */
    static void separate(Exchange exchange, Optional<Officer> officer) {
        Operation operation = exchange.operation();
        Set<Role> systems = exchange.caller().roles();
        Optional<AdminRole> role = officer.flatMap(Officer::role);
        // a token of earlier days may share no role with the directory: then there is none (I2)
        boolean allowed = !systems.isEmpty() && allowed(operation, systems, role);
        if (!allowed) {
            exchange.trace().decided("SEPARATION_OF_DUTIES", "-");
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
    }

    private static boolean allowed(Operation operation, Set<Role> systems, Optional<AdminRole> role) {
        boolean console = systems.contains(Role.ADMINISTRATION);
        return operation.needs(Operation.Need.ADMINISTRATION)
                ? console && role.isPresent()
                : OF_EVERYBODY.contains(operation)
                        || (!console && (role.isEmpty() || (isAudit(role) && OF_AUDIT.contains(operation))));
    }

    private static boolean isAudit(Optional<AdminRole> role) {
        return role.filter(AdminRole.AUDIT_ADMIN::equals).isPresent();
    }
}
