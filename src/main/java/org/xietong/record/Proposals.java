package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import org.xietong.crypto.Digests;
import org.xietong.crypto.Jcs;
import org.xietong.label.Label;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** What every proposal of one officer shares that waits for the key of a second (I11). */
@ApplicationScoped
class Proposals {
    private final StoredJson json;
    private final CurrentPolicy policy;

    Proposals(StoredJson json, CurrentPolicy policy) {
        this.json = json;
        this.policy = policy;
    }

    /** SHA-256 over the canonical JSON (RFC 8785) of what is proposed, lower-hex. */
    String digest(Map<String, ?> proposed) {
        return sha256(json.write(new TreeMap<>(proposed)));
    }

    String digest(Label label) {
        return sha256(json.write(label));
    }

    /**
     * The second officer, who signs the digest of what stands in the store; computed anew, so that a proposal which somebody
     * altered there finds nobody's signature.
     *
     * @throws ProblemException SECOND_OFFICER_REQUIRED for the proposer himself; PROPOSAL_STALE where he is none any more or the
     *     proposal is not what it was; INVALID_CONTENT for another digest
     */
    String second(WriteContext context, String proposedBy, String stored, String computed, Confirmation given) {
        String officer = DraftRules.signer(context);
        if (officer.equals(proposedBy)) {
            throw new ProblemException(ProblemType.SECOND_OFFICER_REQUIRED);
        }
        boolean active = policy.unitOf(proposedBy)
                .filter(context.caller().unit()::equals)
                .isPresent();
        if (!active || !stored.equals(computed)) {
            throw new ProblemException(ProblemType.PROPOSAL_STALE);
        }
        if (!stored.equals(given.digest())) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/digest", "DIFFERS"));
        }
        return officer;
    }

    /** In the journal a proposal stands under its own digest, beside the version of the record that it concerns. */
    static void trace(WriteContext context, RecordRow record, String action, String digest) {
        context.trace()
                .changed(new Trace.Changed(
                        record.id(),
                        record.kind(),
                        record.version(),
                        record.matter(),
                        record.ownerUnit(),
                        action,
                        record.label().level(),
                        digest));
    }

    private static String sha256(String text) {
        return Digests.hex(Digests.sha256(Jcs.canonical(text)));
    }
}
