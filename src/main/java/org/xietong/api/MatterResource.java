package org.xietong.api;

import static org.xietong.exchange.Operation.MATTER_INVITATIONS;
import static org.xietong.exchange.Operation.MATTER_INVITE;
import static org.xietong.exchange.Operation.MATTER_INVITED;
import static org.xietong.exchange.Operation.MATTER_LINK;
import static org.xietong.exchange.Operation.MATTER_READ;
import static org.xietong.exchange.Operation.MATTER_RESOLVE;
import static org.xietong.exchange.Operation.MATTER_TAKE_OUT;
import static org.xietong.exchange.Operation.MATTER_TIMELINE;
import static org.xietong.exchange.Operation.MATTER_UNLINK;

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
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.record.InvitationDraft;
import org.xietong.record.InvitationPage;
import org.xietong.record.LinkDraft;
import org.xietong.record.MatterLinks;
import org.xietong.record.MatterReading;
import org.xietong.record.MatterView;
import org.xietong.record.MatterWriting;
import org.xietong.record.ResolveDraft;
import org.xietong.record.Resolved;
import org.xietong.record.Timeline;
import org.xietong.record.WriteContext;
import org.xietong.record.Written;

/** {@code /v1/matters}: the thread of a case, as far as the caller sees its records. */
@Path("/v1/matters")
@Tag(name = "案件 Matter")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MatterResource {
    private final CurrentExchange current;
    private final MatterReading matters;
    private final MatterWriting writing;
    private final MatterLinks links;

    MatterResource(CurrentExchange current, MatterReading matters, MatterWriting writing, MatterLinks links) {
        this.current = current;
        this.matters = matters;
        this.writing = writing;
        this.links = links;
    }

    @POST
    @Path("resolve")
    @Exchanged(MATTER_RESOLVE)
    @Operation(operationId = "resolveMatter", summary = "按纸面号码查找案件 / Find a matter by a number held on paper")
    public Resolved resolve(ResolveDraft draft) {
        Exchange exchange = current.get();
        return matters.resolve(exchange.caller(), exchange.trace(), draft);
    }

    @POST
    @Path("{id}/invitations")
    @Exchanged(MATTER_INVITE)
    @Operation(operationId = "inviteIntoMatter", summary = "邀请单位加入 / Bring a unit in")
    public Written invite(@PathParam("id") String id, InvitationDraft draft) {
        return writing.invite(created(), Ids.path(id), draft);
    }

    @POST
    @Path("{id}/removals")
    @Exchanged(MATTER_TAKE_OUT)
    @Operation(operationId = "takeOutOfMatter", summary = "移出误邀单位 / Take a unit out again")
    public Written takeOut(@PathParam("id") String id, InvitationDraft draft) {
        return writing.takeOut(created(), Ids.path(id), draft);
    }

    @POST
    @Path("{id}/links")
    @Exchanged(MATTER_LINK)
    @Operation(operationId = "linkMatter", summary = "关联案件 / Link to another matter")
    public Written link(@PathParam("id") String id, LinkDraft draft) {
        return links.link(created(), Ids.path(id), draft);
    }

    @POST
    @Path("{id}/links/{link}/withdraw")
    @Exchanged(MATTER_UNLINK)
    @Consumes(MediaType.WILDCARD)
    @Operation(operationId = "withdrawLink", summary = "撤回关联 / Withdraw a link")
    public Written withdrawLink(@PathParam("id") String id, @PathParam("link") String link) {
        return links.withdraw(context(current.get()), Ids.path(id), Ids.path(link));
    }

    @GET
    @Path("invitations")
    @Exchanged(MATTER_INVITED)
    @Operation(operationId = "listReceivedInvitations", summary = "查询收到的邀请 / List invitations received")
    public InvitationPage invited(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
        Exchange exchange = current.get();
        return matters.received(
                exchange.caller(), exchange.trace(), Optional.ofNullable(after), QueryParameters.limit(limit));
    }

    @GET
    @Path("{id}/invitations")
    @Exchanged(MATTER_INVITATIONS)
    @Operation(operationId = "listInvitations", summary = "查询案件的邀请 / List a matter's invitations")
    public InvitationPage invitations(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        Exchange exchange = current.get();
        return matters.invitations(
                exchange.caller(),
                exchange.trace(),
                Ids.path(id),
                Optional.ofNullable(after),
                QueryParameters.limit(limit));
    }

    private WriteContext created() {
        Exchange exchange = current.get();
        exchange.status(201);
        return context(exchange);
    }

    private static WriteContext context(Exchange exchange) {
        return new WriteContext(exchange.caller(), exchange.trace(), exchange.id(), exchange.time());
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
