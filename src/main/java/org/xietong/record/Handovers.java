package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Caller;
import org.xietong.policy.Decision;
import org.xietong.policy.View;
import org.xietong.problem.ProblemException;

/** Reads what was handed over to whom, and what became of it there. */
@ApplicationScoped
public class Handovers {
    private static final String OF = """
            SELECT h.from_unit, h.to_unit, h.copy, h.handed_at,
                (SELECT v.exchange_id FROM record_version v WHERE v.record_id = h.record_id AND v.at = h.handed_at
                    ORDER BY v.version LIMIT 1),
                a.act, a.at, a.exchange_id, b.act, b.at, b.exchange_id
            FROM handover h
            LEFT JOIN LATERAL (SELECT v.act, v.at, v.exchange_id FROM record_version v
                WHERE v.record_id = h.record_id AND v.by_unit = h.to_unit AND v.at > h.handed_at
                ORDER BY v.version LIMIT 1) a ON true
            LEFT JOIN LATERAL (SELECT v.act, v.at, v.exchange_id FROM record_version v
                WHERE v.record_id = h.record_id AND v.by_unit = h.to_unit AND v.at > h.handed_at
                    AND v.act IN ('reject', 'return', 'forward')
                ORDER BY v.version LIMIT 1) b ON true
            WHERE h.record_id = ? ORDER BY h.handed_at, h.to_unit
            """;
    private static final String TO =
            "SELECT record_id, handed_at FROM handover WHERE record_id = ANY (?) AND to_unit = ? AND NOT copy";

    private final DataSource database;
    private final Lookup lookup;
    private final RecordViews views;
    private final CurrentPolicy policy;
    private final PacketRows packets;

    Handovers(DataSource database, Lookup lookup, RecordViews views, CurrentPolicy policy, PacketRows packets) {
        this.database = database;
        this.lookup = lookup;
        this.views = views;
        this.policy = policy;
        this.packets = packets;
    }

    /**
     * To whom a record was handed over, as far as the caller may know: all of it its owner and a procuratorate that sees it in full, else what he
     * handed over himself and what was handed to him.
     *
     * @throws ProblemException NOT_FOUND
     */
    public <C extends Content> Handed of(Caller caller, Trace trace, Kind<C> kind, UUID id) {
        Seen<C> seen = lookup.require(caller, trace, kind, id);
        views.mention(trace, kind, seen);
        String unit = caller.unit();
        boolean own = unit.equals(seen.row().ownerUnit());
        boolean all = own || supervises(caller, seen);
        return new Handed(
                own,
                of(id).stream()
                        .filter(each -> all || unit.equals(each.from()) || unit.equals(each.to()))
                        .toList(),
                own || supervisesByRight(caller, seen)
                        ? packets.of(id).stream().map(OutsideHandover::of).toList()
                        : List.of());
    }

    /**
     * What a caller may know of.
     *
     * @param own whether the record is his unit's
     * @param outside what left the system; known to the owner and to who supervises him by right
     */
    public record Handed(boolean own, List<Handover> items, List<OutsideHandover> outside) {}

    private boolean supervises(Caller caller, Seen<?> seen) {
        return supervises(caller, seen.permitted());
    }

    /** What left the system is told by the matrix alone: who was granted the record was granted nothing of its sender's mail. */
    private boolean supervisesByRight(Caller caller, Seen<?> seen) {
        return policy.engine().decide(Seen.viewer(caller), seen.facts().withoutGrants())
                        instanceof Decision.Permitted own
                && supervises(caller, own);
    }

    private boolean supervises(Caller caller, Decision.Permitted permitted) {
        return permitted.view().shows(View.FULL)
                && policy.units()
                        .find(caller.unit())
                        .filter(unit -> unit.agency() == AgencyCode.PROC)
                        .isPresent();
    }

    private List<Handover> of(UUID record) {
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(OF)) {
            find.setObject(1, record);
            try (ResultSet row = find.executeQuery()) {
                List<Handover> found = new ArrayList<>();
                while (row.next()) {
                    found.add(new Handover(
                            record,
                            row.getString(1),
                            row.getString(2),
                            row.getBoolean(3),
                            row.getTimestamp(4).toInstant(),
                            row.getObject(5, UUID.class),
                            step(row, 6),
                            step(row, 9)));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static Handover.@Nullable Step step(ResultSet row, int at) throws SQLException {
        String act = row.getString(at);
        return act == null
                ? null
                : new Handover.Step(act, row.getTimestamp(at + 1).toInstant(), row.getObject(at + 2, UUID.class));
    }

    /** When which of these records was handed over to the unit for its own work; of a copy, and of what was not, nothing. */
    public Map<UUID, Instant> to(String unit, Collection<UUID> records) {
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(TO)) {
            find.setArray(1, connection.createArrayOf("uuid", records.toArray()));
            find.setString(2, unit);
            try (ResultSet row = find.executeQuery()) {
                Map<UUID, Instant> handed = new HashMap<>();
                while (row.next()) {
                    handed.put(row.getObject(1, UUID.class), row.getTimestamp(2).toInstant());
                }
                return handed;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
