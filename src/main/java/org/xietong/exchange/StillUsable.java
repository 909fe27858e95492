package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.xietong.agency.Directory;
import org.xietong.agency.DirectorySnapshot;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Asks again, while a request takes its time: whoever is suspended while his body comes in, or while his lines run, writes nothing
 * from then on (I2).
 */
@ApplicationScoped
class StillUsable {
    private final Directory directory;

    StillUsable(Directory directory) {
        this.directory = directory;
    }

    /** @throws ProblemException SIGNATURE_INVALID where system, officer or a key of theirs is usable no longer */
    void require(Exchange exchange) {
        DirectorySnapshot register = directory.current();
        Instant now = Instant.now();
        boolean usable = register.usableSystemKey(exchange.keyId(), now).isPresent()
                && exchange.caller()
                        .officer()
                        .map(officer -> register.usableOfficer(officer, now).isPresent())
                        .orElse(true)
                && exchange.officerKeyId()
                        .map(key -> register.usableOfficerKey(key, now).isPresent())
                        .orElse(true);
        if (!usable) {
            throw new ProblemException(ProblemType.SIGNATURE_INVALID);
        }
    }
}
