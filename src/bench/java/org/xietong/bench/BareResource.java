package org.xietong.bench;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.xietong.exchange.Open;

/**
 * What the exchange is compared with: the same row by id, and one durable row, over the same HTTP stack, pool and
 * database, on a virtual thread, without token, signature, decision, redaction or journal.
 */
@Path("/bench")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class BareResource {
    private static final String READ =
            "SELECT id, kind, matter_id, owner_unit, state, label::text, recorded_at, version, content::text"
                    + " FROM record WHERE id = ?";
    private static final String INSERT = "INSERT INTO bench_row (id, content) VALUES (?, ?)";

    private final DataSource database;

    BareResource(DataSource database) {
        this.database = database;
    }

    /** A row of {@code record} as it stands. */
    public record Row(
            UUID id,
            String kind,
            UUID matterId,
            String owner,
            String state,
            @JsonRawValue String label,
            @Nullable Instant recordedAt,
            int version,
            @JsonRawValue String content) {}

    /** The id of a stored row. */
    public record Stored(UUID id) {}

    @GET
    @Open
    @Path("records/{id}")
    @Operation(hidden = true)
    public Row read(@PathParam("id") String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(READ)) {
            select.setObject(1, UUID.fromString(id));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new NotFoundException();
                }
                return new Row(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getObject(3, UUID.class),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getTimestamp(7).toInstant(),
                        row.getInt(8),
                        row.getString(9));
            }
        }
    }

    @POST
    @Open
    @Path("rows")
    @Operation(hidden = true)
    public Response insert(byte[] body) throws SQLException {
        UUID id = UUID.randomUUID();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, id);
            insert.setBytes(2, body);
            insert.executeUpdate();
        }
        return Response.status(Response.Status.CREATED).entity(new Stored(id)).build();
    }
}
