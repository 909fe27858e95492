package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.xietong.matter.Matters;
import org.xietong.matter.Participant;
import org.xietong.matter.Participants;
import org.xietong.policy.Decision;
import org.xietong.policy.View;
import org.xietong.policy.Viewer;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Ties the participants that a content names to their opaque ids in the matter. An id may be used by who sees the record that
 * introduced it, or sees the participant in another in full, as a court does in an indictment of whom an agency has handed over; any
 * other fails like one that does not exist (I4).
 */
@ApplicationScoped
class ParticipantIds {
    private static final String VISIBLE = """
            SELECT p.id FROM participant p WHERE p.matter_id = ? AND (p.introduced_by = ? OR EXISTS (
                SELECT 1 FROM record_sight s WHERE s.id = p.introduced_by AND s.viewer = ANY (?)))
            """;

    private final Matters matters;
    private final DataSource database;
    private final RecordRows rows;
    private final Lookup lookup;
    private final CurrentPolicy policy;

    ParticipantIds(Matters matters, DataSource database, RecordRows rows, Lookup lookup, CurrentPolicy policy) {
        this.matters = matters;
        this.database = database;
        this.rows = rows;
        this.lookup = lookup;
        this.policy = policy;
    }

    /**
     * The content with every participant's id in place.
     *
     * @param before what the record said so far: who stands there under the same {@code ref}, or word for word, is the
     *     same participant
     */
    @SuppressWarnings("unchecked") // a content with participants replaced is of its own type
    <C extends Content> C assign(WriteContext context, UUID matter, UUID record, C content, Optional<C> before) {
        List<Participant> stated = content.participants();
        if (stated == null) {
            return content;
        }
        List<Participant> known = before.map(Content::participants).orElse(List.of());
        checkNamed(context, matter, record, stated, known);
        return (C) content.withParticipants(Participants.identify(
                stated, p -> id(p, known).orElseGet(() -> matters.introduce(matter, record, context.at()))));
    }

    private static Optional<UUID> id(Participant stated, List<Participant> known) {
        if (stated.id() != null) {
            return Optional.of(stated.id());
        }
        return known.stream()
                .filter(k ->
                        stated.ref() == null ? same(stated, k) : stated.ref().equals(k.ref()))
                .map(Participant::id)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static boolean same(Participant stated, Participant known) {
        return known.ref() == null
                && Objects.equals(stated.type(), known.type())
                && Objects.equals(stated.name(), known.name())
                && Objects.equals(stated.roles(), known.roles())
                && Objects.equals(stated.identifiers(), known.identifiers());
    }

    private void checkNamed(
            WriteContext context, UUID matter, UUID record, List<Participant> stated, List<Participant> known) {
        if (stated.stream().allMatch(p -> p.id() == null)) {
            return;
        }
        Set<UUID> visible = visible(context, matter, record);
        known.stream().map(Participant::id).filter(Objects::nonNull).forEach(visible::add);
        Set<UUID> left =
                stated.stream().map(Participant::id).filter(Objects::nonNull).collect(Collectors.toSet());
        left.removeAll(visible);
        if (!left.isEmpty()) {
            visible.addAll(shown(context, matter, left));
        }
        List<FieldFault> faults = new ArrayList<>();
        for (int i = 0; i < stated.size(); i++) {
            UUID id = stated.get(i).id();
            if (id != null && !visible.contains(id)) {
                faults.add(new FieldFault("/content/participants/" + i + "/id", "UNKNOWN"));
            }
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }

    /** Those of them whom some record of the matter shows to the caller in full. */
    private Set<UUID> shown(WriteContext context, UUID matter, Set<UUID> participants) {
        Viewer viewer = Seen.viewer(context.caller());
        Set<UUID> shown = new HashSet<>();
        for (RecordRow row : rows.ofMatter(matter, matter)) {
            Set<UUID> named = new HashSet<>(participants);
            named.retainAll(row.participants());
            if (!named.isEmpty()
                    && !row.quarantined()
                    && row.erased() == null
                    && policy.engine().decide(viewer, lookup.facts(row).withoutGrants())
                            instanceof Decision.Permitted seen
                    && seen.view().shows(View.FULL)) {
                named.removeIf(who ->
                        !seen.participants().map(limit -> limit.contains(who)).orElse(true));
                shown.addAll(named);
            }
        }
        return shown;
    }

    private Set<UUID> visible(WriteContext context, UUID matter, UUID record) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(VISIBLE)) {
            statement.setObject(1, matter);
            statement.setObject(2, record);
            statement.setArray(3, RecordRows.texts(connection, Seen.viewers(context.caller())));
            try (ResultSet result = statement.executeQuery()) {
                Set<UUID> ids = new HashSet<>();
                while (result.next()) {
                    ids.add(result.getObject(1, UUID.class));
                }
                return ids;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
