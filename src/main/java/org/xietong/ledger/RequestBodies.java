package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.xietong.problem.ProblemException;

/** The bodies of writes as they were signed. They are content: to be shown to nobody but who sent them. */
@Singleton
public class RequestBodies {
    private static final String BODIES = "SELECT entry_id, bytes FROM journal_body WHERE entry_id = ANY (?)";

    private static final String SIZE =
            "SELECT coalesce(sum(octet_length(bytes)), 0) FROM journal_body WHERE entry_id = ANY (?)";

    private final DataSource store;

    @Inject
    public RequestBodies(DataSource store) {
        this.store = store;
    }

    /** How many bytes those of these exchanges are together. */
    public long size(Collection<UUID> exchanges) {
        return ExchangeQueries.reach(() -> {
            try (Connection connection = store.getConnection();
                    PreparedStatement select = connection.prepareStatement(SIZE)) {
                select.setArray(1, connection.createArrayOf("uuid", exchanges.toArray()));
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /**
     * Those that are kept, by exchange.
     *
     * @throws ProblemException {@code UNAVAILABLE} when the store fails
     */
    public Map<UUID, byte[]> of(Collection<UUID> exchanges) {
        return ExchangeQueries.reach(() -> {
            Map<UUID, byte[]> bodies = new HashMap<>();
            try (Connection connection = store.getConnection();
                    PreparedStatement select = connection.prepareStatement(BODIES)) {
                select.setArray(1, connection.createArrayOf("uuid", exchanges.toArray()));
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        bodies.put(row.getObject(1, UUID.class), row.getBytes(2));
                    }
                }
            }
            return bodies;
        });
    }
}
