package org.xietong.api;

import static org.xietong.exchange.Operation.SPILL_LIST;
import static org.xietong.exchange.Operation.SPILL_RELEASE;
import static org.xietong.exchange.Operation.SPILL_REPORT;

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
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.ErasureView;
import org.xietong.record.ReleaseDraft;
import org.xietong.record.SpillDraft;
import org.xietong.record.SpillList;
import org.xietong.record.SpillView;
import org.xietong.record.Spilling;

/** {@code /v1/spills}: records that hold what must not stand here, out of everybody's sight at once. */
@Path("/v1/spills")
@Tag(name = "涉密误传 Spill")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SpillResource {
    private final CurrentExchange current;
    private final Spilling spilling;

    SpillResource(CurrentExchange current, Spilling spilling) {
        this.current = current;
        this.spilling = spilling;
    }

    @POST
    @Exchanged(SPILL_REPORT)
    @Operation(operationId = "reportSpill", summary = "报告涉密误传，立即隔离 / Report a spill; it is out of sight at once")
    public SpillView report(SpillDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return spilling.report(AttachmentsOfRecord.context(exchange), draft);
    }

    @GET
    @Exchanged(SPILL_LIST)
    @Operation(operationId = "listSpills", summary = "列出本单位的误传 / List spills of the unit's records, or reported by it")
    public SpillList list() {
        return spilling.list(AttachmentsOfRecord.context(current.get()));
    }

    @POST
    @Path("{id}/release")
    @Exchanged(SPILL_RELEASE)
    @Operation(
            operationId = "proposeRelease",
            summary = "提议解除隔离（第一人），第二人按删除批准 / Propose to release it; a second officer approves as an erasure")
    public ErasureView release(@PathParam("id") String id, ReleaseDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return spilling.release(AttachmentsOfRecord.context(exchange), officerKey(exchange), Ids.path(id), draft);
    }

    static String officerKey(Exchange exchange) {
        return exchange.officerKeyId().orElseThrow(() -> new ProblemException(ProblemType.OFFICER_SIGNATURE_REQUIRED));
    }
}
