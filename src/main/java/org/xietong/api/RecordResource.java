package org.xietong.api;

import static org.xietong.exchange.Operation.*;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.xietong.exchange.Deliveries;
import org.xietong.exchange.DeliveryList;
import org.xietong.exchange.ETags;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.exchange.LineExchanges;
import org.xietong.record.ActDraft;
import org.xietong.record.BulkResult;
import org.xietong.record.Confirmation;
import org.xietong.record.Content;
import org.xietong.record.CorrectionDraft;
import org.xietong.record.CorrectionPage;
import org.xietong.record.CorrectionReply;
import org.xietong.record.Corrections;
import org.xietong.record.DeadlinePage;
import org.xietong.record.DeadlineReading;
import org.xietong.record.Draft;
import org.xietong.record.GrantDraft;
import org.xietong.record.GrantList;
import org.xietong.record.GrantView;
import org.xietong.record.Granting;
import org.xietong.record.Kind;
import org.xietong.record.LabelLowering;
import org.xietong.record.LabelLoweringDraft;
import org.xietong.record.LabelLoweringList;
import org.xietong.record.LabelLoweringView;
import org.xietong.record.Precondition;
import org.xietong.record.RecordActs;
import org.xietong.record.RecordHistory;
import org.xietong.record.RecordPage;
import org.xietong.record.RecordQuery;
import org.xietong.record.RecordReading;
import org.xietong.record.RecordView;
import org.xietong.record.RecordWriting;
import org.xietong.record.Written;

/**
 * What every kind offers over HTTP; a kind adds its path and nothing else. Each method names its operation and calls
 * the record room; the pipeline around it does the rest.
 */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public abstract class RecordResource<C extends Content> extends PacketsOfRecord<C> {
    @Inject
    RecordReading reading;

    @Inject
    RecordWriting writing;

    @Inject
    RecordActs acts;

    @Inject
    LabelLowering lowering;

    @Inject
    Granting granting;

    @Inject
    Corrections corrections;

    @Inject
    DeadlineReading deadlines;

    @Inject
    Deliveries deliveries;

    @Inject
    ETags etags;

    @Inject
    LineExchanges bulk;

    @NullUnmarked // the framework fills in what is injected
    protected RecordResource(Kind<C> kind) {
        super(kind);
    }

    @POST
    @Exchanged(RECORD_CREATE)
    @Operation(summary = "登记 / Register")
    public RecordView<C> create(Draft<C> draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return writing.create(context(exchange), kind, draft);
    }

    @POST
    @Path("bulk")
    @Consumes("application/x-ndjson")
    @Exchanged(RECORD_BULK)
    @Operation(summary = "批量登记或更新 / Register or amend many")
    public BulkResult bulk(InputStream lines) {
        return bulk.run(current.get(), kind, lines);
    }

    @GET
    @Exchanged(RECORD_LIST)
    @Operation(summary = "列出可见记录 / List what is in sight")
    public RecordPage<C> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("matterId") @Nullable String matterId,
            @QueryParam("sourceRef") @Nullable String sourceRef,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("count") @Nullable String count) {
        Exchange exchange = current.get();
        if (sourceRef != null) {
            QueryParameters.refuseBeside("sourceRef", state, matterId, after, limit, count);
            return reading.bySource(exchange.caller(), exchange.trace(), kind, QueryParameters.sourceRef(sourceRef));
        }
        RecordQuery query = new RecordQuery(
                QueryParameters.state(state),
                Optional.ofNullable(matterId).map(id -> Ids.parse("matterId", id)),
                Optional.ofNullable(after),
                QueryParameters.limit(limit),
                QueryParameters.flag("count", count));
        return reading.list(exchange.caller(), exchange.trace(), kind, query);
    }

    @GET
    @Path("{id}")
    @Exchanged(RECORD_READ)
    @Operation(summary = "读取 / Read")
    public RecordView<C> read(@PathParam("id") String id) {
        Exchange exchange = current.get();
        return reading.read(exchange.caller(), exchange.trace(), kind, Ids.path(id));
    }

    @GET
    @Path("{id}/history")
    @Exchanged(RECORD_HISTORY)
    @Operation(summary = "读取各版本 / Read its versions")
    public RecordHistory<C> history(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        Exchange exchange = current.get();
        return reading.history(
                exchange.caller(),
                exchange.trace(),
                kind,
                Ids.path(id),
                Optional.ofNullable(after),
                QueryParameters.limit(limit));
    }

    @GET
    @Path("{id}/deadlines")
    @Exchanged(DEADLINE_OF_RECORD)
    @Operation(summary = "读取记录的期限 / Read its deadlines")
    public DeadlinePage deadlines(@PathParam("id") String id) {
        Exchange exchange = current.get();
        return deadlines.ofRecord(exchange.caller(), exchange.trace(), exchange.time(), kind, Ids.path(id));
    }

    @GET
    @Path("{id}/deliveries")
    @Exchanged(DELIVERY_LIST)
    @Operation(summary = "查询送达情况 / Read its deliveries")
    public DeliveryList deliveries(@PathParam("id") String id) {
        Exchange exchange = current.get();
        return deliveries.of(exchange.caller(), exchange.trace(), kind, Ids.path(id));
    }

    @PUT
    @Path("{id}")
    @Exchanged(RECORD_AMEND)
    @Operation(summary = "更正（新版本） / Amend, as a new version")
    public RecordView<C> amend(@PathParam("id") String id, Draft<C> draft) {
        Exchange exchange = current.get();
        return writing.amend(context(exchange), kind, Ids.path(id), draft, ifMatch(exchange));
    }

    @PUT
    @Path("by-source/{sourceRef}")
    @Exchanged(RECORD_UPSERT)
    @Operation(summary = "按来源编号登记或更正 / Register or amend by the case system's own id")
    public RecordView<C> upsert(@PathParam("sourceRef") String sourceRef, Draft<C> draft) {
        Exchange exchange = current.get();
        RecordView<C> view =
                writing.upsert(context(exchange), kind, QueryParameters.sourceRef(sourceRef), draft, ifMatch(exchange));
        exchange.status(view.version() != null && view.version() == 1 && exchange.changed() ? 201 : 200);
        return view;
    }

    @POST
    @Path("{id}/acts/{act}")
    @Exchanged(RECORD_ACT)
    @Operation(summary = "办理 / Take a lifecycle act")
    public RecordView<C> act(@PathParam("id") String id, @PathParam("act") String act, ActDraft<C> draft) {
        Exchange exchange = current.get();
        return acts.act(context(exchange), kind, Ids.path(id), act, draft, ifMatch(exchange));
    }

    @POST
    @Path("{id}/label-review")
    @Exchanged(LABEL_REVIEW)
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "复核保密标签（第二人） / Review the label, as the second officer")
    public RecordView<C> reviewLabel(@PathParam("id") String id) {
        Exchange exchange = current.get();
        return writing.reviewLabel(context(exchange), kind, Ids.path(id), ifMatch(exchange));
    }

    @POST
    @Path("{id}/label-lowerings")
    @Exchanged(LABEL_LOWERING_PROPOSE)
    @Operation(summary = "提议降低标签（第一人） / Propose a lower label, as the first officer")
    public LabelLoweringView proposeLowering(@PathParam("id") String id, LabelLoweringDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return lowering.propose(context(exchange), kind, Ids.path(id), draft, ifMatch(exchange));
    }

    @GET
    @Path("{id}/label-lowerings")
    @Exchanged(LABEL_LOWERING_LIST)
    @Operation(summary = "列出降低密级的提议 / List the proposals of a lower label")
    public LabelLoweringList listLowerings(@PathParam("id") String id) {
        return lowering.list(context(current.get()), kind, Ids.path(id));
    }

    @GET
    @Path("{id}/label-lowerings/{proposal}")
    @Exchanged(LABEL_LOWERING_READ)
    @Operation(summary = "读取降低标签的提议 / Read the proposal of a lower label")
    public LabelLoweringView readLowering(@PathParam("id") String id, @PathParam("proposal") String proposal) {
        return lowering.read(context(current.get()), kind, Ids.path(id), Ids.path(proposal));
    }

    @POST
    @Path("{id}/label-lowerings/{proposal}/confirm")
    @Exchanged(LABEL_LOWERING_CONFIRM)
    @Operation(summary = "确认降低标签（第二人） / Confirm the lower label, as the second officer")
    public RecordView<C> confirmLowering(
            @PathParam("id") String id, @PathParam("proposal") String proposal, Confirmation confirmation) {
        Exchange exchange = current.get();
        return lowering.confirm(
                context(exchange), kind, Ids.path(id), Ids.path(proposal), confirmation, ifMatch(exchange));
    }

    @POST
    @Path("{id}/grants")
    @Exchanged(GRANT_PROPOSE)
    @Operation(summary = "提议授权（第一人） / Propose a grant, as the first officer")
    public GrantView proposeGrant(@PathParam("id") String id, GrantDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return granting.propose(context(exchange), kind, Ids.path(id), draft);
    }

    @GET
    @Path("{id}/grants")
    @Exchanged(GRANT_LIST)
    @Operation(summary = "列出授权 / List the grants")
    public GrantList listGrants(@PathParam("id") String id) {
        return granting.list(context(current.get()), kind, Ids.path(id));
    }

    @POST
    @Path("{id}/grants/{grant}/approve")
    @Exchanged(GRANT_APPROVE)
    @Operation(summary = "批准授权（第二人） / Approve the grant, as the second officer")
    public GrantView approveGrant(
            @PathParam("id") String id, @PathParam("grant") String grant, Confirmation confirmation) {
        return granting.approve(context(current.get()), kind, Ids.path(id), Ids.path(grant), confirmation);
    }

    @POST
    @Path("{id}/grants/{grant}/revoke")
    @Exchanged(GRANT_REVOKE)
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "撤销授权 / Revoke the grant")
    public GrantView revokeGrant(@PathParam("id") String id, @PathParam("grant") String grant) {
        return granting.revoke(context(current.get()), kind, Ids.path(id), Ids.path(grant));
    }

    @POST
    @Path("{id}/corrections")
    @Exchanged(CORRECTION_REQUEST)
    @Operation(summary = "申请更正 / Request a correction")
    public Written requestCorrection(@PathParam("id") String id, CorrectionDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return corrections.request(context(exchange), kind, Ids.path(id), draft);
    }

    @GET
    @Path("{id}/corrections")
    @Exchanged(CORRECTION_LIST)
    @Operation(summary = "列出更正申请 / List requests for correction")
    public CorrectionPage listCorrections(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        Exchange exchange = current.get();
        return corrections.list(
                exchange.caller(),
                exchange.trace(),
                kind,
                Ids.path(id),
                Optional.ofNullable(after),
                QueryParameters.limit(limit));
    }

    @POST
    @Path("{id}/corrections/{correction}/reply")
    @Exchanged(CORRECTION_REPLY)
    @Operation(summary = "答复更正申请 / Reply to a request for correction")
    public Written replyToCorrection(
            @PathParam("id") String id, @PathParam("correction") String correction, CorrectionReply draft) {
        return corrections.reply(context(current.get()), kind, Ids.path(id), Ids.path(correction), draft);
    }

    private Precondition ifMatch(Exchange exchange) {
        return etags.precondition(exchange);
    }
}
