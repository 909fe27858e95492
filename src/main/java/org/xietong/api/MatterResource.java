package org.xietong.api;

import static org.xietong.exchange.Operation.MATTER_READ;
import static org.xietong.exchange.Operation.MATTER_TIMELINE;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import org.xietong.record.MatterReading;
import org.xietong.record.MatterView;
import org.xietong.record.Timeline;

/** {@code /v1/matters}: the thread of a case, as far as the caller sees its records. */
@Path("/v1/matters")
@Tag(name = "案件 Matter")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MatterResource {
    private final CurrentExchange current;
    private final MatterReading matters;

    MatterResource(CurrentExchange current, MatterReading matters) {
        this.current = current;
        this.matters = matters;
    }

    @GET
    @Path("{id}")
    @Exchanged(MATTER_READ)
    @Operation(operationId = "readMatter", summary = "读取案件 / Read a matter")
    public MatterView read(@PathParam("id") String id) {
        Exchange exchange = current.get();
        return matters.read(exchange.caller(), exchange.trace(), Ids.path(id));
    }

    @GET
    @Path("{id}/timeline")
    @Exchanged(MATTER_TIMELINE)
    @Operation(operationId = "readTimeline", summary = "读取案件时间线 / Read a matter's timeline")
    public Timeline timeline(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        Exchange exchange = current.get();
        return matters.timeline(
                exchange.caller(),
                exchange.trace(),
                Ids.path(id),
                Optional.ofNullable(after),
                QueryParameters.limit(limit));
    }
}
