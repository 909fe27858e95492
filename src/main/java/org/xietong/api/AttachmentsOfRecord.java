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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.record.AttachmentDraft;
import org.xietong.record.AttachmentPage;
import org.xietong.record.AttachmentView;
import org.xietong.record.AttachmentWithdrawalDraft;
import org.xietong.record.AttachmentWithdrawing;
import org.xietong.record.Attachments;
import org.xietong.record.Content;
import org.xietong.record.Download;
import org.xietong.record.Kind;
import org.xietong.record.Prepared;
import org.xietong.record.WriteContext;

/** The attachments of a record, under every kind's path: announced as JSON, then sent as they are. */
@RunOnVirtualThread
public abstract class AttachmentsOfRecord<C extends Content> {
    final Kind<C> kind;

    @Inject
    CurrentExchange current;

    @Inject
    Attachments attachments;

    @Inject
    AttachmentWithdrawing withdrawing;

    @NullUnmarked // the framework fills in what is injected
    AttachmentsOfRecord(Kind<C> kind) {
        this.kind = kind;
    }

    @POST
    @Path("{id}/attachments")
    @Exchanged(ATTACHMENT_ANNOUNCE)
    @Operation(summary = "登记附件 / Announce an attachment")
    public AttachmentView announceAttachment(@PathParam("id") String id, AttachmentDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return attachments.announce(context(exchange), kind, Ids.path(id), draft);
    }

    @GET
    @Path("{id}/attachments")
    @Exchanged(ATTACHMENT_LIST)
    @Operation(summary = "列出附件 / List attachments")
    public AttachmentPage listAttachments(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        Exchange exchange = current.get();
        return attachments.list(
                exchange.caller(),
                exchange.trace(),
                kind,
                Ids.path(id),
                Optional.ofNullable(after),
                QueryParameters.limit(limit));
    }

    @GET
    @Path("{id}/attachments/{attachment}")
    @Exchanged(ATTACHMENT_READ)
    @Operation(summary = "读取附件信息 / Read what an attachment is")
    public AttachmentView readAttachment(@PathParam("id") String id, @PathParam("attachment") String attachment) {
        Exchange exchange = current.get();
        return attachments.read(exchange.caller(), exchange.trace(), kind, Ids.path(id), Ids.path(attachment));
    }

    /** Its right, announcement and digests are asked before the first byte of the body is read. */
    @PUT
    @Path("{id}/attachments/{attachment}/content")
    @Consumes(MediaType.WILDCARD)
    @Exchanged(ATTACHMENT_STORE)
    @Operation(summary = "提交附件内容 / Send the bytes of an attachment")
    @APIResponse(
            responseCode = "200",
            content =
                    @org.eclipse.microprofile.openapi.annotations.media.Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AttachmentView.class)))
    public Prepared<AttachmentView> storeAttachment(
            @PathParam("id") String id, @PathParam("attachment") String attachment, InputStream body) {
        Exchange exchange = current.get();
        return attachments.receive(
                context(exchange),
                kind,
                Ids.path(id),
                Ids.path(attachment),
                new Attachments.Upload(exchange.header("content-type"), exchange::bodyIs, body));
    }

    @GET
    @Path("{id}/attachments/{attachment}/content")
    @Produces(MediaType.WILDCARD)
    @Exchanged(ATTACHMENT_DOWNLOAD)
    @Operation(summary = "下载附件内容 / Fetch the bytes of an attachment")
    @APIResponse(
            responseCode = "200",
            content =
                    @org.eclipse.microprofile.openapi.annotations.media.Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Download downloadAttachment(@PathParam("id") String id, @PathParam("attachment") String attachment) {
        Exchange exchange = current.get();
        return attachments.download(exchange.caller(), exchange.trace(), kind, Ids.path(id), Ids.path(attachment));
    }

    @POST
    @Path("{id}/attachments/{attachment}/withdraw")
    @Exchanged(ATTACHMENT_WITHDRAW)
    @Operation(summary = "撤回附件 / Withdraw an attachment")
    public AttachmentView withdrawAttachment(
            @PathParam("id") String id, @PathParam("attachment") String attachment, AttachmentWithdrawalDraft draft) {
        return withdrawing.withdraw(context(current.get()), kind, Ids.path(id), Ids.path(attachment), draft);
    }

    static WriteContext context(Exchange exchange) {
        return new WriteContext(exchange.caller(), exchange.trace(), exchange.id(), exchange.time());
    }
}
