package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Finds and opens exchanges. Lists are newest first, by pages of an index; opened exchanges come whole. What a reader may
 * see of a row or a part is decided above; a part goes out only through {@link OpenedExchange#only}.
 *
 * <p>Every method throws {@link ProblemException} {@code UNAVAILABLE} when the store fails, and {@code INVALID_QUERY} for
 * a limit out of range or a text that no store can hold (U+0000).
 */
@Singleton
public class ExchangeQueries {
    /** The most rows of a page. */
    public static final int MAX_LIMIT = 200;

    private static final Logger LOG = Logger.getLogger(ExchangeQueries.class);

    private final ExchangeReader application;
    private final ExchangeReader auditor;

    /**
     * @param application gives connections of the application role
     * @param auditor gives connections of the auditor role, which reads the journal and nothing else
     */
    @Inject
    public ExchangeQueries(DataSource application, @io.quarkus.agroal.DataSource("auditor") DataSource auditor) {
        this.application = new ExchangeReader(application);
        this.auditor = new ExchangeReader(auditor);
    }

    /** What a system itself asked for. */
    public ExchangePage ownOfSystem(String system, ExchangeFilter filter, Optional<ExchangeCursor> after, int limit) {
        return page(application, new ExchangeScope.OfSystem(system), filter, after, limit);
    }

    /** What the systems of a unit asked for. */
    public ExchangePage ownOfUnit(String unit, ExchangeFilter filter, Optional<ExchangeCursor> after, int limit) {
        return page(application, new ExchangeScope.OfUnit(unit), filter, after, limit);
    }

    /** What disclosed or changed a unit's subjects; each exchange once, however many it touched. */
    public ExchangePage touching(String ownerUnit, ExchangeFilter filter, Optional<ExchangeCursor> after, int limit) {
        return page(application, new ExchangeScope.Touching(ownerUnit), filter, after, limit);
    }

    /** Everything; with the auditor's role, and for auditors only. */
    public ExchangePage all(ExchangeFilter filter, Optional<ExchangeCursor> after, int limit) {
        return page(auditor, new ExchangeScope.Everything(), filter, after, limit);
    }

    /** What an inquiry opens; with the auditor's role, and for auditors only. */
    public ExchangePage within(
            ExchangeScope.Within inquiry, ExchangeFilter filter, Optional<ExchangeCursor> after, int limit) {
        return page(auditor, inquiry, filter, after, limit);
    }

    /** The listed row of an exchange, by which it is decided who may open it; empty once erased. */
    public Optional<ExchangeRow> find(UUID id) {
        return reach(() -> application.find(id));
    }

    /** What an exchange touched, and whose it was. */
    public List<Touched> touched(UUID id) {
        return reach(() -> application.touched(id));
    }

    /** What exchanges touched, by their ids; nothing stands for one that touched nothing. */
    public Map<UUID, List<Touched>> touched(Collection<UUID> ids) {
        return reach(() -> application.touched(ids));
    }

    /** The first exchange of each unit, since its time, that disclosed the subject to it; nothing of one that never read it. */
    public List<FirstReading> firstReadings(Collection<Delivered> handed) {
        return handed.isEmpty() ? List.of() : reach(() -> application.firstReadings(handed));
    }

    /** An entry with all its parts that are not erased. */
    public Optional<OpenedExchange> open(UUID id) {
        return reach(() -> application.open(id));
    }

    /** Entries with all their parts that are not erased, in the order of their ids. */
    public List<OpenedExchange> openAll(Collection<UUID> ids) {
        return reach(() -> application.open(ids));
    }

    /** As {@link #open}, with the auditor's role. */
    public Optional<OpenedExchange> openAsAuditor(UUID id) {
        return reach(() -> auditor.open(id));
    }

    private static ExchangePage page(
            ExchangeReader reader,
            ExchangeScope scope,
            ExchangeFilter filter,
            Optional<ExchangeCursor> after,
            int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ProblemException(ProblemType.INVALID_QUERY, new FieldFault("limit", "RANGE"));
        }
        return reach(() -> reader.page(scope, filter, after, limit));
    }

    static <T> T reach(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException e) {
            if (StoreFault.of(e) == StoreFault.RECORD) {
                throw new ProblemException(ProblemType.INVALID_QUERY);
            }
            LOG.warnf("the journal cannot be read: SQLSTATE %s", e.getSQLState());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }

    /** A query of the store. */
    interface Reading<T> {
        T read() throws SQLException;
    }
}
