package org.xietong.agency;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.xietong.crypto.Jcs;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Turns what an administrator states into the content of a change, by the rules that hold for a directory file. Asked
 * at the proposal and again at the approval, by when the directory may have moved on; the same statement gives the same
 * bytes, as long as its subject stands as it did. Belongs to one transaction that holds the directory's lock.
 */
final class ChangePreparation {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private final Connection connection;
    private final RegisteredDirectory registered;
    private final Instant now;

    ChangePreparation(Connection connection, Instant now) throws SQLException {
        this.connection = connection;
        this.registered = RegisteredDirectory.read(connection);
        this.now = now;
    }

    /**
     * A change ready to be proposed or done.
     *
     * @param subject what it is done to
     * @param unit whose it is
     * @param content RFC 8785; {@code row} is what the database applies
     */
    record Prepared(AdminAct act, String subject, String unit, String content) {}

    /** @param target the id that the request names: of the subject itself, or of the holder of a new key */
    Prepared prepare(AdminAct act, String target, DirectoryDraft draft) throws SQLException {
        return switch (draft) {
            case UnitDraft unit -> unit(act, target, unit);
            case SystemDraft system -> system(act, target, system);
            case OfficerDraft officer -> officer(act, target, officer);
            case KeyDraft key -> key(act, target, key);
            case RoleDraft role -> role(act, target, role);
            case DirectoryDraft.None none -> simple(act, target, none);
        };
    }

    /** The same change once more, from its content; refused if the directory no longer allows it. */
    void confirm(AdminAct act, String content) throws SQLException {
        try {
            JsonNode stored = JSON.readTree(content);
            DirectoryDraft draft = JSON.treeToValue(stored.path("draft"), DirectoryDraft.of(act));
            Prepared again = prepare(act, stored.path("target").asText(), draft);
            if (!again.content().equals(content)) {
                throw new ProblemException(ProblemType.STATE_CONFLICT, new FieldFault("/digest", "OUTDATED"));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored change cannot be read");
        }
    }

    private Prepared unit(AdminAct act, String target, UnitDraft draft) throws SQLException {
        boolean fresh = act == AdminAct.UNIT_REGISTER;
        Optional<Standing> standing = standing(act, target, draft.id(), fresh);
        if (!fresh && draft.suspended() != null) {
            throw invalid(new FieldFault("/suspended", "NOT_WRITABLE"));
        }
        boolean active = standing.map(Standing::active).orElse(!Boolean.TRUE.equals(draft.suspended()));
        DirectoryFile.UnitEntry entry = draft.entry(active);
        Faults faults = new Faults();
        new UnitCheck(registered, faults).check(List.of(entry));
        refuse(faults, "units[0].");
        Validity validity = Days.validity(entry.validFrom(), entry.validTo());
        ObjectNode row = JSON.createObjectNode()
                .put("agency", entry.agency())
                .put("division", entry.division())
                .put("name", entry.name())
                .put("responsible", entry.responsible())
                .put("telephone", entry.telephone())
                .put("active", active)
                .put("validFrom", time(begin(validity)));
        entry.parent().ifPresent(parent -> row.put("parent", parent));
        formerNames(draft, row);
        if (!validity.to().equals(Instant.MAX)) {
            row.put("validTo", time(validity.to()));
        }
        return prepared(new Place(act, target, entry.id(), entry.id(), standing), draft, row);
    }

    private void formerNames(UnitDraft draft, ObjectNode row) {
        if (draft.formerNames() == null) {
            return;
        }
        ArrayNode names = row.putArray("formerNames");
        for (int i = 0; i < draft.formerNames().size(); i++) {
            UnitDraft.FormerNameDraft former = draft.formerNames().get(i);
            Validity validity = Days.validity(Optional.ofNullable(former.validFrom()), Optional.of(former.validTo()));
            if (!validity.isSomeTime() || former.validTo().isAfter(Days.of(now))) {
                throw invalid(new FieldFault("/formerNames/" + i + "/validTo", "DATE"));
            }
            names.addObject()
                    .put("name", former.name().strip())
                    .put("validFrom", time(begin(validity)))
                    .put("validTo", time(validity.to()));
        }
    }

    private Prepared system(AdminAct act, String target, SystemDraft draft) throws SQLException {
        Optional<Standing> standing = standing(act, target, draft.id(), act == AdminAct.SYSTEM_REGISTER);
        DirectoryFile.SystemEntry entry = draft.entry();
        Faults faults = new Faults();
        new MemberCheck(registered.units().keySet(), faults).checkSystems(List.of(entry));
        refuse(faults, "systems[0].");
        ObjectNode row = JSON.createObjectNode().put("unit", entry.unit()).put("name", entry.name());
        ArrayNode roles = row.putArray("roles");
        entry.roles().stream().sorted().forEach(roles::add);
        return prepared(new Place(act, target, entry.id(), entry.unit(), standing), draft, row);
    }

    private Prepared officer(AdminAct act, String target, OfficerDraft draft) throws SQLException {
        Optional<Standing> standing = standing(act, target, draft.id(), act == AdminAct.OFFICER_REGISTER);
        DirectoryFile.OfficerEntry entry = draft.entry();
        Faults faults = new Faults();
        new MemberCheck(registered.units().keySet(), faults).checkOfficers(List.of(entry));
        refuse(faults, "officers[0].");
        ObjectNode row = JSON.createObjectNode()
                .put("unit", entry.unit())
                .put("name", entry.name())
                .put("title", entry.title());
        return prepared(new Place(act, target, entry.id(), entry.unit(), standing), draft, row);
    }

    private Prepared key(AdminAct act, String target, KeyDraft draft) throws SQLException {
        KeyPreparation.Key key = new KeyPreparation(connection, registered, now).prepare(target, draft);
        return prepared(
                new Place(act, target, key.id(), key.holder().unit(), Optional.of(key.holder())), draft, key.row());
    }

    private Prepared role(AdminAct act, String target, RoleDraft draft) throws SQLException {
        Standing officer = find(AdminAct.Subject.OFFICER, target).orElseThrow(ChangePreparation::notFound);
        if (officer.mark() != null) {
            throw conflict("/role", "EXCLUDED");
        }
        ObjectNode row = JSON.createObjectNode().put("role", draft.role());
        return prepared(new Place(act, target, target, officer.unit(), Optional.of(officer)), draft, row);
    }

    private Prepared simple(AdminAct act, String target, DirectoryDraft draft) throws SQLException {
        Standing standing = find(act.subject(), target).orElseThrow(ChangePreparation::notFound);
        boolean effect = switch (act) {
            case UNIT_SUSPEND, SYSTEM_SUSPEND, OFFICER_SUSPEND, KEY_SUSPEND -> standing.active();
            case UNIT_RESUME, SYSTEM_RESUME, OFFICER_RESUME -> !standing.active();
            case KEY_RESUME -> !standing.active() && standing.mark() == null;
            case KEY_REVOKE -> standing.mark() == null;
            case ROLE_END -> standing.mark() != null;
            case UNIT_REGISTER,
                    UNIT_AMEND,
                    SYSTEM_REGISTER,
                    SYSTEM_AMEND,
                    OFFICER_REGISTER,
                    OFFICER_AMEND,
                    ROLE_GRANT,
                    KEY_REGISTER -> throw new IllegalArgumentException(act + " says more");
        };
        if (!effect) {
            throw conflict("id", "NO_EFFECT");
        }
        if (act == AdminAct.UNIT_RESUME) {
            requireResponsible(target);
        }
        return prepared(
                new Place(act, target, target, standing.unit(), Optional.of(standing)), draft, JSON.createObjectNode());
    }

    /** Whom to ring, and where: a unit takes part once both are known (article 10). */
    private void requireResponsible(String unit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT btrim(responsible) = '', telephone !~ '[0-9]' FROM unit WHERE id = ?")) {
            statement.setString(1, unit);
            try (ResultSet row = statement.executeQuery()) {
                boolean registered = row.next();
                if (registered && row.getBoolean(1)) {
                    throw conflict("/responsible", "REQUIRED");
                }
                if (registered && row.getBoolean(2)) {
                    throw conflict("/telephone", "REQUIRED");
                }
            }
        }
    }

    /** What shall be registered must be new, what shall be amended must be there. */
    private Optional<Standing> standing(AdminAct act, String target, String id, boolean fresh) throws SQLException {
        if (!id.equals(target)) {
            throw invalid(new FieldFault("/id", "DIFFERS_FROM_PATH"));
        }
        Optional<Standing> known = find(act.subject(), id);
        if (fresh && known.isPresent()) {
            throw conflict("/id", "ALREADY_REGISTERED");
        }
        if (!fresh && known.isEmpty()) {
            throw notFound();
        }
        return known;
    }

    private Optional<Standing> find(AdminAct.Subject subject, String id) throws SQLException {
        return Standing.find(connection, subject, id);
    }

    /** Where a change takes place, and what stands there. */
    private record Place(AdminAct act, String target, String subject, String unit, Optional<Standing> standing) {}

    private static Prepared prepared(Place place, DirectoryDraft draft, ObjectNode row) {
        ObjectNode content = JSON.createObjectNode()
                .put("act", place.act().name())
                .put("subject", place.subject())
                .put("target", place.target());
        place.standing().ifPresent(standing -> content.put("standing", standing.digest()));
        content.set("draft", JSON.valueToTree(draft));
        content.set("row", row);
        return new Prepared(
                place.act(), place.subject(), place.unit(), new String(Jcs.canonical(content), StandardCharsets.UTF_8));
    }

    private static Instant begin(Validity validity) {
        return validity.from().equals(Instant.MIN) ? Instant.EPOCH : validity.from();
    }

    private static String time(Instant at) {
        return at.toString();
    }

    /** Faults of a file's entry as pointers into the body. */
    private static void refuse(Faults faults, String entry) {
        if (!faults.coded().isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    faults.coded().stream()
                            .map(fault -> new FieldFault(pointer(fault.field(), entry), fault.rule()))
                            .distinct()
                            .toList());
        }
    }

    private static String pointer(String field, String entry) {
        return "/" + (field.startsWith(entry) ? field.substring(entry.length()) : field).replace('.', '/');
    }

    private static ProblemException invalid(FieldFault fault) {
        return new ProblemException(ProblemType.INVALID_CONTENT, fault);
    }

    private static ProblemException conflict(String field, String rule) {
        return new ProblemException(ProblemType.STATE_CONFLICT, new FieldFault(field, rule));
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND);
    }
}
