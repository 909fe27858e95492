package org.xietong.agency;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Changes of the directory by administrators. What widens is a proposal that a second one approves under his own key
 * (I11); what narrows is done at once. Writes run in the exchange's transaction, one at a time, through the three
 * functions of the database that hold the rule of two persons on their own (ADR 0012). Every replica follows within 5 s
 * ({@link Directory}).
 */
@ApplicationScoped
public class DirectoryChanges {
    private static final Logger LOG = Logger.getLogger(DirectoryChanges.class);
    private static final String COLUMNS = """
            SELECT id, act, subject, unit, content, digest, proposed_by, proposed_at, expires_at, decided_by, decided_at,
                decided_in, CASE WHEN decision IS NOT NULL THEN decision
                    WHEN expires_at <= clock_timestamp() THEN 'EXPIRED' ELSE 'PROPOSED' END
            FROM directory_change""";

    private final DataSource database;
    private final AdminConfig config;

    DirectoryChanges(DataSource database, AdminConfig config) {
        this.database = database;
        this.config = config;
    }

    /** What is decided about a proposal. */
    public enum Verdict {
        APPROVED,
        REFUSED,
        WITHDRAWN
    }

    /** Registers or amends a unit, once approved. */
    public ChangeView start(Administrator who, AdminAct act, String target, UnitDraft draft) {
        return begin(who, act, target, draft);
    }

    /** Registers or amends a system, once approved. */
    public ChangeView start(Administrator who, AdminAct act, String target, SystemDraft draft) {
        return begin(who, act, target, draft);
    }

    /** Registers or amends an officer, once approved. */
    public ChangeView start(Administrator who, AdminAct act, String target, OfficerDraft draft) {
        return begin(who, act, target, draft);
    }

    /** Registers a certificate of this system or officer, once approved. */
    public ChangeView start(Administrator who, AdminAct act, String holder, KeyDraft draft) {
        return begin(who, act, holder, draft);
    }

    /** Grants a role to this officer, once approved. */
    public ChangeView start(Administrator who, AdminAct act, String officer, RoleDraft draft) {
        return begin(who, act, officer, draft);
    }

    /** Suspends, ends or revokes at once; resumes once approved. */
    public ChangeView start(Administrator who, AdminAct act, String target) {
        return begin(who, act, target, new DirectoryDraft.None());
    }

    private ChangeView begin(Administrator who, AdminAct act, String target, DirectoryDraft draft) {
        return reach(connection -> {
            lock(connection, who, act);
            ChangePreparation.Prepared change = new ChangePreparation(connection, who.at()).prepare(act, target, draft);
            try (PreparedStatement start = connection.prepareStatement("SELECT admin_start(?, ?, ?, ?, ?, ?, ?, ?)")) {
                start.setObject(1, who.exchange());
                start.setString(2, act.name());
                start.setString(3, change.subject());
                start.setString(4, change.unit());
                start.setString(5, change.content());
                start.setString(6, who.officer());
                start.setString(7, who.keyId());
                start.setTimestamp(8, Timestamp.from(who.at().plus(config.proposalLifetime())));
                start.execute();
            }
            return find(connection, who.exchange()).orElseThrow();
        });
    }

    /**
     * Decides a proposal.
     *
     * @param digest of what was proposed, as the deciding officer signed it
     * @throws ProblemException NOT_FOUND, FORBIDDEN (no such role, or his own proposal), STATE_CONFLICT (decided, expired,
     *     another digest, no longer possible)
     */
    public ChangeView decide(Administrator who, UUID id, String digest, Verdict verdict) {
        return reach(connection -> {
            ChangeView proposal = find(connection, id).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
            AdminAct act = AdminAct.valueOf(String.valueOf(proposal.act()));
            lock(connection, who, act);
            boolean open = find(connection, id)
                    .filter(now -> "PROPOSED".equals(now.state()))
                    .isPresent();
            boolean ofAnother = !who.officer().equals(proposal.proposedBy());
            if (verdict == Verdict.APPROVED && open && ofAnother && digest.equals(proposal.digest())) {
                new ChangePreparation(connection, who.at()).confirm(act, String.valueOf(proposal.content()));
            }
            try (PreparedStatement decide = connection.prepareStatement("SELECT admin_decide(?, ?, ?, ?, ?, ?)")) {
                decide.setObject(1, id);
                decide.setString(2, digest);
                decide.setString(3, verdict.name());
                decide.setString(4, who.officer());
                decide.setString(5, who.keyId());
                decide.setObject(6, who.exchange());
                decide.execute();
            }
            return find(connection, id).orElseThrow();
        });
    }

    /** @throws ProblemException NOT_FOUND */
    public ChangeView read(UUID id) {
        return reach(connection -> find(connection, id).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND)));
    }

    /** Changes, newest first. */
    public DirectoryPage<ChangeView> list(boolean openOnly, Optional<String> after, int limit) {
        String sql = COLUMNS
                + " WHERE (?::uuid IS NULL OR id < ?::uuid)"
                + (openOnly ? " AND decision IS NULL AND expires_at > clock_timestamp()" : "")
                + " ORDER BY id DESC LIMIT ?";
        return reach(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                @Nullable UUID from = after.map(DirectoryPage::id).orElse(null);
                statement.setObject(1, from);
                statement.setObject(2, from);
                statement.setInt(3, limit + 1);
                List<ChangeView> found = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(view(rows));
                    }
                }
                return DirectoryPage.of(found, limit, change -> change.id().toString());
            }
        });
    }

    private static void lock(Connection connection, Administrator who, AdminAct act) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT admin_lock(?, ?, ?)")) {
            lock.setString(1, act.name());
            lock.setString(2, who.officer());
            lock.setString(3, who.keyId());
            lock.execute();
        }
    }

    private static Optional<ChangeView> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + " WHERE id = ?")) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(view(row)) : Optional.empty();
            }
        }
    }

    private static ChangeView view(ResultSet row) throws SQLException {
        return new ChangeView(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(13),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                time(row.getTimestamp(8)),
                time(row.getTimestamp(9)),
                row.getString(10),
                time(row.getTimestamp(11)),
                row.getObject(12, UUID.class),
                null,
                null);
    }

    private static @Nullable OffsetDateTime time(@Nullable Timestamp at) {
        return at == null ? null : Instant.ofEpochMilli(at.getTime()).atOffset(ZoneOffset.UTC);
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T reach(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.run(connection);
        } catch (PSQLException e) {
            throw refusal(e);
        } catch (SQLException e) {
            LOG.errorf("目录变更失败 / a change of the directory failed: %s", e.getSQLState());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }

    /** The functions' refusals carry a rule's code as message, and nothing else. */
    private static ProblemException refusal(PSQLException e) {
        String state = String.valueOf(e.getSQLState());
        String rule = Optional.ofNullable(e.getServerErrorMessage())
                .map(message -> String.valueOf(message.getMessage()))
                .orElse("");
        return switch (state) {
            case "XT403" -> new ProblemException(ProblemType.FORBIDDEN, new FieldFault("exchange-officer", rule));
            case "XT409" -> new ProblemException(ProblemType.STATE_CONFLICT, new FieldFault("id", rule));
            default -> {
                LOG.errorf("目录变更被拒 / a change of the directory was refused: %s", state);
                yield new ProblemException(
                        state.startsWith("23") ? ProblemType.STATE_CONFLICT : ProblemType.UNAVAILABLE);
            }
        };
    }
}
