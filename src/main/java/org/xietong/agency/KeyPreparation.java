package org.xietong.agency;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** A new key of a system or officer, by the rules of {@link CertificateCheck}; with overlap, where it replaces one. */
final class KeyPreparation {
    private final Connection connection;
    private final RegisteredDirectory registered;
    private final Instant now;

    KeyPreparation(Connection connection, RegisteredDirectory registered, Instant now) {
        this.connection = connection;
        this.registered = registered;
        this.now = now;
    }

    /** @param row what the database applies */
    record Key(String id, Standing holder, ObjectNode row) {}

    Key prepare(String holderId, KeyDraft draft) throws SQLException {
        Optional<Standing> system = Standing.find(connection, AdminAct.Subject.SYSTEM, holderId);
        Standing holder = system.isPresent()
                ? system.get()
                : Standing.find(connection, AdminAct.Subject.OFFICER, holderId)
                        .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        RegisteredKey.Holder kind = system.isPresent() ? RegisteredKey.Holder.SYSTEM : RegisteredKey.Holder.OFFICER;
        CertificateCheck.Key key = checked(holderId, kind, draft);
        String keyId = X509.id(key.certificate());
        if (Standing.find(connection, AdminAct.Subject.KEY, keyId).isPresent()) {
            throw new ProblemException(
                    ProblemType.STATE_CONFLICT, new FieldFault("/certificate", "ALREADY_REGISTERED"));
        }
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("der", Base64.getEncoder().encodeToString(X509.der(key.certificate())))
                .put("publicKey", X509.publicKeyId(key.certificate()))
                .put(kind == RegisteredKey.Holder.SYSTEM ? "system" : "officer", holderId)
                .put("validFrom", key.validity().from().toString())
                .put("validTo", key.validity().to().toString());
        rotation(holderId, draft, key.validity(), row);
        return new Key(keyId, holder, row);
    }

    private CertificateCheck.Key checked(String holderId, RegisteredKey.Holder kind, KeyDraft draft) {
        Faults faults = new Faults();
        List<CertificateCheck.Key> keys = new CertificateCheck(pem -> pem, registered, now, faults)
                .keys("", kind, holderId, List.of(draft.entry()));
        if (!faults.coded().isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    faults.coded().stream()
                            .map(fault -> new FieldFault("/certificate", fault.rule()))
                            .distinct()
                            .toList());
        }
        return keys.getFirst();
    }

    /**
     * The old key ends once the overlap is over, and never before the new one may be used; an approval that comes after
     * it is refused, since it would cut the holder off at once.
     */
    private void rotation(String holder, KeyDraft draft, Validity fresh, ObjectNode row) throws SQLException {
        if (draft.replaces() == null && draft.overlapUntil() == null) {
            return;
        }
        if (draft.replaces() == null || draft.overlapUntil() == null) {
            throw invalid(draft.replaces() == null ? "/replaces" : "/overlapUntil", "REQUIRED");
        }
        Instant until = draft.overlapUntil().toInstant();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT valid_from FROM registered_key WHERE key_id = ? AND coalesce(case_system, officer) = ?")) {
            statement.setString(1, draft.replaces());
            statement.setString(2, holder);
            try (ResultSet old = statement.executeQuery()) {
                if (!old.next()) {
                    throw invalid("/replaces", "UNKNOWN");
                }
                if (!until.isAfter(old.getTimestamp(1).toInstant())
                        || until.isBefore(fresh.from())
                        || !until.isAfter(now)) {
                    throw invalid("/overlapUntil", "DATE");
                }
            }
        }
        row.put("replaces", draft.replaces()).put("overlapUntil", until.toString());
    }

    private static ProblemException invalid(String field, String rule) {
        return new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault(field, rule));
    }
}
