package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.xietong.agency.Caller;
import org.xietong.agency.Directory;
import org.xietong.agency.DirectorySnapshot;
import org.xietong.agency.Officer;
import org.xietong.agency.Tokens;
import org.xietong.agency.UsableOfficer;
import org.xietong.agency.UsableSystem;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Asks again, while a request takes its time: whoever is suspended while his body comes in, or while his lines run, writes nothing
 * from then on, and is told nothing (I2).
 */
@ApplicationScoped
class StillUsable {
    private final Directory directory;
    private final Tokens tokens;

    StillUsable(Directory directory, Tokens tokens) {
        this.directory = directory;
        this.tokens = tokens;
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

    /**
     * The same, and that he is still who he was when it began: of the unit that he spoke for, in the roles that token and directory
     * give, with no duty that shuts him out.
     *
     * @throws ProblemException SIGNATURE_INVALID; TOKEN_INVALID also where the token has ended meanwhile; FORBIDDEN
     */
    void requireAsBefore(Exchange exchange) {
        require(exchange);
        Instant now = Instant.now();
        DirectorySnapshot register = directory.current();
        Caller caller = exchange.caller();
        UsableSystem holder = register.usableSystemKey(exchange.keyId(), now)
                .orElseThrow(() -> new ProblemException(ProblemType.SIGNATURE_INVALID));
        if (!holder.unit().id().equals(caller.unit())
                || !tokens.verify(exchange.token(), holder).roles().equals(caller.roles())) {
            throw new ProblemException(ProblemType.TOKEN_INVALID);
        }
        Optional<Officer> officer = caller.officer()
                .map(id -> register.usableOfficer(id, now)
                        .map(UsableOfficer::officer)
                        .filter(known -> known.unit().equals(caller.unit()))
                        .orElseThrow(() -> new ProblemException(ProblemType.SIGNATURE_INVALID)));
        Duties.separate(exchange, officer);
    }
}
