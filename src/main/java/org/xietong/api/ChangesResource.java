package org.xietong.api;

import static org.xietong.exchange.Operation.CHANGES_READ;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.record.ChangePage;
import org.xietong.record.ChangeQuery;
import org.xietong.record.ChangeReading;

/** {@code /v1/changes}: the feed by which case systems keep in step. */
@Path("/v1/changes")
@Tag(name = "变更 Changes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ChangesResource {
    private final CurrentExchange current;
    private final ChangeReading changes;

    ChangesResource(CurrentExchange current, ChangeReading changes) {
        this.current = current;
        this.changes = changes;
    }

    @GET
    @Exchanged(CHANGES_READ)
    @Operation(operationId = "readChanges", summary = "读取变更 / Read what changed")
    public ChangePage read(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("wait") @Nullable String wait,
            @QueryParam("held") @Nullable String held) {
        Exchange exchange = current.get();
        ChangeQuery query = new ChangeQuery(
                Optional.ofNullable(after),
                QueryParameters.limit(limit),
                QueryParameters.seconds("wait", wait, ChangeQuery.LONGEST),
                QueryParameters.flag("held", held));
        return changes.page(exchange.caller(), exchange.trace(), query);
    }
}
