package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.xietong.agency.Directory;
import org.xietong.agency.OutsideRecipient;
import org.xietong.agency.Revocations;
import org.xietong.crypto.VerificationKey;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Who outside the system may be sent something now, and by which key he is known. */
@ApplicationScoped
class OutsideRecipients {
    private final Directory directory;
    private final Revocations revocations;

    OutsideRecipients(Directory directory, Revocations revocations) {
        this.directory = directory;
        this.revocations = revocations;
    }

    /**
     * One who is registered and not suspended, whose certificate, where he has one, is valid and not revoked: a packet for an old
     * certificate is not sealed by passphrase instead, since nobody decided so.
     *
     * @throws ProblemException INVALID_CONTENT naming the field
     */
    OutsideRecipient require(String field, String id, Instant now) {
        OutsideRecipient recipient = directory.current().usableOutside(id).orElseThrow(() -> refused(field, "UNKNOWN"));
        recipient.key().flatMap(key -> fault(key, now)).ifPresent(rule -> {
            throw refused(field, rule);
        });
        return recipient;
    }

    /**
     * The key by which the recipient signs now.
     *
     * @throws ProblemException INVALID_CONTENT naming the field
     */
    VerificationKey requireKey(String field, String id, Instant now) {
        return require(field, id, now).key().orElseThrow(() -> refused(field, "NOT_ALLOWED"));
    }

    /** One for whom something may be handed out; empty where {@link #require} would refuse. */
    Optional<OutsideRecipient> good(String id, Instant now) {
        return directory
                .current()
                .usableOutside(id)
                .filter(recipient ->
                        recipient.key().flatMap(key -> fault(key, now)).isEmpty());
    }

    /** As he is registered, suspended or not. */
    String name(String id) {
        return directory.current().outside(id).map(OutsideRecipient::nameZh).orElse(id);
    }

    /** The rule that the certificate breaks. */
    private Optional<String> fault(VerificationKey key, Instant now) {
        if (!key.isValidAt(now)) {
            return Optional.of("EXPIRED");
        }
        return revocations.clears(key.certificate(), now) ? Optional.empty() : Optional.of("REVOKED");
    }

    private static ProblemException refused(String field, String rule) {
        return new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault(field, rule));
    }
}
