package org.xietong.app;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * The demonstration's own clock: lets days pass for a prompt that was raised a moment ago, since none is raised in the past. Done in the
 * demonstration's database under its owner's role, beside the service, which has no call for it; the service reads it and nothing else.
 */
public final class DemonstrationClock {
    private static final String GONE = " FROM (SELECT make_interval(hours => 24 * ?) AS days, ? AS record) AS gone";

    /** What happened, what was worked out from it, and whose it is: each as it would stand had it begun so many days earlier. */
    private static final List<String> EARLIER = List.of(
            "UPDATE xietong.case_event SET day = (day - days)::date, at = at - days" + GONE
                    + " WHERE record_id = record AND kind = 'prompt'",
            "UPDATE xietong.deadline SET started_day = (started_day - days)::date, started_at = started_at - days,"
                    + " due_on = (due_on - days)::date, due_at = due_at - days, sorted = sorted - days" + GONE
                    + " WHERE record_id = record AND rule = 'T1'",
            "UPDATE xietong.deadline_actor a SET sorted = a.sorted - days" + GONE
                    + ", xietong.deadline d WHERE d.id = a.deadline_id AND d.record_id = record AND d.rule = 'T1'");

    private final Path folder;

    DemonstrationClock(Path folder) {
        this.folder = folder;
    }

    /**
     * So many days for the prompt upon a record and for its deadline.
     *
     * @throws IllegalStateException if there is none
     */
    public void letPass(int days, UUID record) {
        try (OwnerDatabase owner = OwnerDatabase.open(folder);
                Connection connection = owner.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            for (String statement : EARLIER) {
                move(connection, statement, days, record);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new LaunchException("演示时钟无法拨动", "the demonstration's clock cannot be moved", e);
        }
    }

    private static void move(Connection connection, String statement, int days, UUID record) throws SQLException {
        try (PreparedStatement earlier = connection.prepareStatement(statement)) {
            earlier.setInt(1, days);
            earlier.setObject(2, record);
            if (earlier.executeUpdate() == 0) {
                throw new IllegalStateException("no prompt upon " + record);
            }
        }
    }
}
