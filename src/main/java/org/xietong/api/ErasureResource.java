package org.xietong.api;

import static org.xietong.exchange.Operation.ERASURE_APPROVE;
import static org.xietong.exchange.Operation.ERASURE_LIST;
import static org.xietong.exchange.Operation.ERASURE_PROPOSE;
import static org.xietong.exchange.Operation.ERASURE_READ;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.record.Confirmation;
import org.xietong.record.Erasing;
import org.xietong.record.ErasureDraft;
import org.xietong.record.ErasureList;
import org.xietong.record.ErasureView;

/** {@code /v1/erasures}: what the owner has erased by two of its officers. */
@Path("/v1/erasures")
@Tag(name = "删除 Erasure")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ErasureResource {
    private final CurrentExchange current;
    private final Erasing erasing;

    ErasureResource(CurrentExchange current, Erasing erasing) {
        this.current = current;
        this.erasing = erasing;
    }

    @POST
    @Exchanged(ERASURE_PROPOSE)
    @Operation(operationId = "proposeErasure", summary = "提议删除（第一人） / Propose an erasure, as the first officer")
    public ErasureView propose(ErasureDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return erasing.propose(AttachmentsOfRecord.context(exchange), SpillResource.officerKey(exchange), draft);
    }

    @GET
    @Exchanged(ERASURE_LIST)
    @Operation(operationId = "listErasures", summary = "列出本单位的删除 / List the unit's own erasures")
    public ErasureList list() {
        return erasing.list(AttachmentsOfRecord.context(current.get()));
    }

    @GET
    @Path("{id}")
    @Exchanged(ERASURE_READ)
    @Operation(operationId = "readErasure", summary = "读取删除提议 / Read an erasure")
    public ErasureView read(@PathParam("id") String id) {
        return erasing.read(AttachmentsOfRecord.context(current.get()), Ids.path(id));
    }

    @POST
    @Path("{id}/approve")
    @Exchanged(ERASURE_APPROVE)
    @Operation(
            operationId = "approveErasure",
            summary = "批准删除（第二人），立即生效 / Approve, as the second officer; it takes effect at once")
    public ErasureView approve(@PathParam("id") String id, Confirmation confirmation) {
        Exchange exchange = current.get();
        return erasing.approve(
                AttachmentsOfRecord.context(exchange), SpillResource.officerKey(exchange), Ids.path(id), confirmation);
    }
}
