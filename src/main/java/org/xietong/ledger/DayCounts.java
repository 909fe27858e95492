package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.xietong.problem.ProblemException;

/** The counts that the platform stated of each day; with the auditor's role, and for auditors only. */
@Singleton
public class DayCounts {
    private static final String STATED = """
            SELECT d.entry_id, (SELECT l.position FROM ledger_leaf l WHERE l.entry_id = d.entry_id), e.bytes, p.salt, p.bytes
            FROM ledger_day d JOIN journal_entry e ON e.id = d.entry_id JOIN journal_part p ON p.entry_id = d.entry_id
            WHERE d.day >= ? AND d.day < ? AND p.name = 'decision' AND p.idx = 0 ORDER BY d.day
            """;

    private final DataSource store;

    @Inject
    public DayCounts(@io.quarkus.agroal.DataSource("auditor") DataSource store) {
        this.store = store;
    }

    /**
     * Those of the days from one to before another that were counted, in their order.
     *
     * @throws ProblemException {@code UNAVAILABLE} when the store fails
     */
    public List<StatedDay> between(LocalDate from, LocalDate until) {
        return ExchangeQueries.reach(() -> read(from, until));
    }

    private List<StatedDay> read(LocalDate from, LocalDate until) throws SQLException {
        List<StatedDay> days = new ArrayList<>();
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement(STATED)) {
            select.setObject(1, from);
            select.setObject(2, until);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    SealedPart part = new SealedPart(PartContent.DECISION, 0, row.getBytes(4), row.getBytes(5));
                    days.add(new StatedDay(
                            DayCount.parse(part.bytes()),
                            row.getObject(1, UUID.class),
                            row.getObject(2, Long.class),
                            row.getBytes(3),
                            part));
                }
            }
        }
        return days;
    }
}
