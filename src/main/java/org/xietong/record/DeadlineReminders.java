package org.xietong.record;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Unit;
import org.xietong.agency.Units;
import org.xietong.deadline.CaseClocks;
import org.xietong.deadline.DeadlineConfig;

/**
 * Reminders 催办提醒: tells in the feed of changes that a deadline is due soon, has passed, or has been late so long that the procuratorate
 * is to know (the rule's escalation): to the units whose time it is, and to the procuratorate of their level; to nobody who does
 * not see the record in full. What was told is stored, so that each stage is told once, whichever replica finds it.
 */
@ApplicationScoped
class DeadlineReminders {
    private static final Logger LOG = Logger.getLogger(DeadlineReminders.class);
    private static final int AT_ONCE = 200;

    /** One replica tells at a time; what the others find is told already. */
    private static final String TURN = "SELECT pg_try_advisory_xact_lock(7262657269)";

    /** How far each has come; what follows names this as {@code due}. */
    private static final String DUE = """
            WITH escalating AS (
                SELECT * FROM unnest(?::text[], ?::integer[]) AS e (rule, days)),
            due AS MATERIALIZED (
                SELECT d.id, d.sorted, d.matter_id, r.matter_id AS home, d.record_id, d.actors, d.due_at, r.kind, s.stage FROM deadline d
                    JOIN record r ON r.id = d.record_id AND r.erased_at IS NULL AND r.quarantined_by IS NULL
                    LEFT JOIN escalating e ON e.rule = d.rule
                    CROSS JOIN LATERAL (SELECT CASE
                        WHEN d.due_at + make_interval(days => e.days) <= ? THEN 'ESCALATED'
                        WHEN d.due_at <= ? THEN 'OVERDUE' ELSE 'DUE_SOON' END AS stage) s
                WHERE d.state = 'RUNNING' AND d.due_at IS NOT NULL AND d.sorted <= ? AND (d.duty OR d.due_at > ?)
                    AND NOT EXISTS (SELECT FROM deadline_notice n
                        WHERE n.deadline_id = d.id AND n.stage = s.stage AND n.due_at = d.due_at)""";

    /** Locks their matters and those of their records, which everybody holds who changes a deadline or sight; one that is taken comes in the next round. */
    private static final String LOCK = DUE + """
            )
            SELECT due.id FROM due JOIN matter m ON m.id = due.matter_id JOIN matter h ON h.id = due.home
            ORDER BY due.sorted, due.id LIMIT ? FOR UPDATE OF m, h SKIP LOCKED
            """;

    /** Looks again, since what was locked may have changed before: by a statement of its own, which sees that. */
    private static final String TELL = DUE + """
                    AND d.id = ANY (?)),
            noted AS (
                INSERT INTO deadline_notice AS n (deadline_id, stage, due_at) SELECT id, stage, due_at FROM due
                ON CONFLICT (deadline_id) DO UPDATE SET stage = excluded.stage, due_at = excluded.due_at, at = clock_timestamp()),
            reached AS (
                SELECT unnest(actors) AS viewer, record_id, kind FROM due
                UNION
                SELECT o.supervisor, record_id, kind FROM due
                    JOIN unnest(?::text[], ?::text[]) AS o (unit, supervisor) ON o.unit = ANY (actors)
                    WHERE stage = 'ESCALATED'),
            told AS (
                INSERT INTO sight_change AS c (viewer, record_id, slot, kind, gone)
                SELECT viewer, record_id, 'DEADLINE', kind, false FROM reached
                    -- Neither by a grant nor where it is limited to some: those see no days, or not everybody's
                    WHERE EXISTS (SELECT FROM record_sight s WHERE s.viewer = reached.viewer AND s.id = reached.record_id
                        AND s.view = 'FULL' AND s.until IS NULL AND s.version >= 0)
                ON CONFLICT (viewer, record_id, slot) DO UPDATE
                    SET gone = false, since = coalesce(c.since, c.position), position = NULL)
            SELECT count(*) FROM due
            """;

    private final DataSource database;
    private final CaseClocks clocks;
    private final CurrentPolicy policy;
    private final DeadlineConfig config;

    DeadlineReminders(DataSource database, CaseClocks clocks, CurrentPolicy policy, DeadlineConfig config) {
        this.database = database;
        this.clocks = clocks;
        this.policy = policy;
        this.config = config;
    }

    @Scheduled(
            every = "${xietong.deadlines.remind-every:30s}",
            delayed = "10s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void remind() {
        try {
            remind(Instant.now());
        } catch (RuntimeException e) {
            LOG.warnf("reminders are left to the next round: %s", e.getClass().getName());
        }
    }

    /** Tells what is to be told at that time; returns how many deadlines that was. */
    int remind(Instant now) {
        int all = 0;
        for (int told = batch(now); told > 0; told = batch(now)) {
            all += told;
        }
        return all;
    }

    private int batch(Instant now) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                return hasTurn(connection) ? batch(connection, now) : 0;
            }
        });
    }

    private static boolean hasTurn(Connection connection) throws SQLException {
        try (PreparedStatement turn = connection.prepareStatement(TURN);
                ResultSet taken = turn.executeQuery()) {
            return taken.next() && taken.getBoolean(1);
        }
    }

    private int batch(Connection connection, Instant now) throws SQLException {
        List<UUID> locked = new ArrayList<>();
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setInt(due(connection, lock, now), AT_ONCE);
            try (ResultSet found = lock.executeQuery()) {
                while (found.next()) {
                    locked.add(found.getObject(1, UUID.class));
                }
            }
        }
        List<Overseen> overseen = overseen();
        try (PreparedStatement tell = connection.prepareStatement(TELL)) {
            int at = due(connection, tell, now);
            tell.setArray(at, connection.createArrayOf("uuid", locked.toArray()));
            tell.setArray(
                    at + 1,
                    connection.createArrayOf(
                            "text", overseen.stream().map(Overseen::unit).toArray()));
            tell.setArray(
                    at + 2,
                    connection.createArrayOf(
                            "text", overseen.stream().map(Overseen::supervisor).toArray()));
            try (ResultSet told = tell.executeQuery()) {
                told.next();
                return told.getInt(1);
            }
        }
    }

    /** Fills in what the statements begin with; returns the place of their next parameter. */
    private int due(Connection connection, PreparedStatement statement, Instant now) throws SQLException {
        List<CaseClocks.Escalating> escalating = clocks.reachingTheProcuratorate();
        Timestamp at = Timestamp.from(now);
        statement.setArray(
                1,
                connection.createArrayOf(
                        "text",
                        escalating.stream().map(CaseClocks.Escalating::rule).toArray()));
        statement.setArray(
                2,
                connection.createArrayOf(
                        "integer",
                        escalating.stream().map(CaseClocks.Escalating::days).toArray()));
        statement.setTimestamp(3, at);
        statement.setTimestamp(4, at);
        statement.setTimestamp(5, Timestamp.from(now.plus(Duration.ofDays(config.soonDays()))));
        statement.setTimestamp(6, at);
        return 7;
    }

    /** A unit, and a procuratorate of its level. */
    private record Overseen(String unit, String supervisor) {}

    private List<Overseen> overseen() {
        Units units = policy.units();
        List<Unit> supervisors = units.all().stream()
                .filter(unit -> unit.agency() == AgencyCode.PROC)
                .toList();
        List<Overseen> pairs = new ArrayList<>();
        for (Unit unit : units.all()) {
            supervisors.stream()
                    .filter(supervisor ->
                            !supervisor.id().equals(unit.id()) && units.sameLevel(supervisor.id(), unit.id()))
                    .forEach(supervisor -> pairs.add(new Overseen(unit.id(), supervisor.id())));
        }
        return pairs;
    }
}
