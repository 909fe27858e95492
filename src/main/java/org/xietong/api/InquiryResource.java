package org.xietong.api;

import static org.xietong.exchange.Operation.INQUIRY_APPROVE;
import static org.xietong.exchange.Operation.INQUIRY_CLOSE;
import static org.xietong.exchange.Operation.INQUIRY_LIST;
import static org.xietong.exchange.Operation.INQUIRY_PROPOSE;
import static org.xietong.exchange.Operation.INQUIRY_READ;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.xietong.audit.Inquiries;
import org.xietong.audit.InquiryDraft;
import org.xietong.audit.InquiryPage;
import org.xietong.audit.InquiryView;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.record.Confirmation;
import org.xietong.record.WriteContext;

/** {@code /v1/inquiries}: what auditors may look into, by two of them. */
@Path("/v1/inquiries")
@Tag(name = "审计 Audit")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class InquiryResource {
    private final CurrentExchange current;
    private final Inquiries inquiries;

    InquiryResource(CurrentExchange current, Inquiries inquiries) {
        this.current = current;
        this.inquiries = inquiries;
    }

    @POST
    @Exchanged(INQUIRY_PROPOSE)
    @Operation(operationId = "proposeInquiry", summary = "提出审计事项（第一人） / Propose an inquiry, as the first officer")
    public InquiryView propose(InquiryDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return inquiries.propose(context(exchange), exchange.officerKeyId().orElse(null), draft);
    }

    @POST
    @Path("{id}/approve")
    @Exchanged(INQUIRY_APPROVE)
    @Operation(operationId = "approveInquiry", summary = "批准审计事项（第二人） / Approve an inquiry, as the second officer")
    public InquiryView approve(@PathParam("id") String id, Confirmation confirmation) {
        Exchange exchange = current.get();
        return inquiries.approve(context(exchange), exchange.officerKeyId().orElse(null), Ids.path(id), confirmation);
    }

    @POST
    @Path("{id}/close")
    @Exchanged(INQUIRY_CLOSE)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "closeInquiry", summary = "结束审计事项 / Close an inquiry")
    public InquiryView close(@PathParam("id") String id) {
        return inquiries.close(context(current.get()), Ids.path(id));
    }

    @GET
    @Exchanged(INQUIRY_LIST)
    @Operation(operationId = "listInquiries", summary = "列出审计事项 / List the unit's inquiries")
    public InquiryPage list(@QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
        Exchange exchange = current.get();
        return inquiries.list(
                exchange.caller(),
                exchange.trace(),
                Optional.ofNullable(after),
                QueryParameters.limit(limit),
                exchange.time());
    }

    @GET
    @Path("{id}")
    @Exchanged(INQUIRY_READ)
    @Operation(operationId = "readInquiry", summary = "查阅审计事项 / Read an inquiry")
    public InquiryView read(@PathParam("id") String id) {
        Exchange exchange = current.get();
        return inquiries.read(exchange.caller(), exchange.trace(), Ids.path(id), exchange.time());
    }

    private static WriteContext context(Exchange exchange) {
        return new WriteContext(exchange.caller(), exchange.trace(), exchange.id(), exchange.time());
    }
}
