package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.PaperNumber;

/** The numbers that stand on a record's papers, indexed by their normal form: its document number and those of its content. */
@ApplicationScoped
class PaperNumbers {
    /** What a content calls such a number, at the top or in a part, such as a participant's decision. */
    static final Set<String> NAMES = Set.of("caseNumber", "number", "documentNumber", "decisionNumber");

    static final UUID FIRST = new UUID(0, 0);
    static final int AT_ONCE = 100;
    private static final String KEEP = """
            WITH gone AS (DELETE FROM record_number WHERE record_id = ? AND number <> ALL (?))
            INSERT INTO record_number (number, record_id) SELECT n, ? FROM unnest(?) AS n ON CONFLICT DO NOTHING
            """;
    private static final String FIND = """
            SELECT n.record_id FROM record_number n WHERE n.number = ? AND n.record_id > ?
                AND EXISTS (SELECT 1 FROM record_sight s WHERE s.id = n.record_id AND s.viewer = ANY (?))
            ORDER BY n.record_id LIMIT ?
            """;

    private final DataSource database;

    PaperNumbers(DataSource database) {
        this.database = database;
    }

    /** Those of a content, or of what redaction left of it, in normal form. */
    static Set<String> of(@Nullable String documentNumber, Record content) {
        Set<String> numbers = new HashSet<>();
        if (documentNumber != null) {
            numbers.add(PaperNumber.normal(documentNumber));
        }
        collect(content, numbers);
        return numbers;
    }

    /** Indexes the current version of a record. */
    void keep(UUID record, Set<String> numbers) {
        try (Connection connection = database.getConnection();
                PreparedStatement keep = connection.prepareStatement(KEEP)) {
            java.sql.Array all = connection.createArrayOf("text", numbers.toArray());
            keep.setObject(1, record);
            keep.setArray(2, all);
            keep.setObject(3, record);
            keep.setArray(4, all);
            keep.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** The next records in the viewers' sight that bear the number; whether it is shown to them is another question. */
    List<UUID> find(String number, List<String> viewers, UUID after) {
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setString(1, PaperNumber.normal(number));
            find.setObject(2, after);
            find.setArray(3, RecordRows.texts(connection, viewers));
            find.setInt(4, AT_ONCE);
            try (ResultSet row = find.executeQuery()) {
                List<UUID> found = new ArrayList<>();
                while (row.next()) {
                    found.add(row.getObject(1, UUID.class));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static void collect(Record part, Set<String> numbers) {
        for (RecordComponent component : part.getClass().getRecordComponents()) {
            Object value = value(part, component);
            if (value instanceof String stated && NAMES.contains(component.getName())) {
                numbers.add(PaperNumber.normal(stated));
            } else if (value instanceof Record nested) {
                collect(nested, numbers);
            } else if (value instanceof List<?> elements) {
                elements.forEach(element -> {
                    if (element instanceof Record nested) {
                        collect(nested, numbers);
                    }
                });
            }
        }
    }

    private static @Nullable Object value(Record part, RecordComponent component) {
        try {
            return component.getAccessor().invoke(part);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("unreadable component " + component.getName());
        }
    }
}
