package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.xietong.matter.Matters;
import org.xietong.matter.Participant;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Ties the participants that a content names to their opaque ids in the matter. An id may be used by who sees the
 * record that introduced it; any other fails like one that does not exist (I4).
 */
@ApplicationScoped
class ParticipantIds {
    private static final String VISIBLE =
            """
            SELECT p.id FROM participant p WHERE p.matter_id = ? AND (p.introduced_by = ? OR EXISTS (
                SELECT 1 FROM record_sight s WHERE s.id = p.introduced_by AND s.viewer = ANY (?)))
            """;

    private final Matters matters;
    private final DataSource database;

    ParticipantIds(Matters matters, DataSource database) {
        this.matters = matters;
        this.database = database;
    }

    @SuppressWarnings("unchecked") // a content with participants replaced is of its own type
    <C extends Content> C assign(WriteContext context, UUID matter, UUID record, C content) {
        List<Participant> assigned = new ArrayList<>();
        Optional<Set<UUID>> visible = Optional.empty();
        Set<UUID> used = new HashSet<>();
        for (int i = 0; i < content.participants().size(); i++) {
            Participant participant = content.participants().get(i);
            if (participant.id().isPresent()) {
                Set<UUID> known = visible.isPresent() ? visible.get() : visible(context, matter, record);
                visible = Optional.of(known);
                UUID id = participant.id().get();
                if (!known.contains(id) || !used.add(id)) {
                    throw new ProblemException(
                            ProblemType.INVALID_CONTENT,
                            new FieldFault("/content/participants/" + i + "/id", known.contains(id) ? "REPEATED" : "UNKNOWN"));
                }
                assigned.add(participant);
            } else {
                assigned.add(participant.withId(matters.introduce(matter, record, context.at())));
            }
        }
        return (C) content.withParticipants(assigned);
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
