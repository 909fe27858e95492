package org.xietong.api;

import static org.xietong.exchange.Operation.PACKET_ANSWER;
import static org.xietong.exchange.Operation.PACKET_COLLECT;
import static org.xietong.exchange.Operation.PACKET_READ;
import static org.xietong.exchange.Operation.PACKET_SEND;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.NullUnmarked;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.record.Content;
import org.xietong.record.Download;
import org.xietong.record.Kind;
import org.xietong.record.PacketDraft;
import org.xietong.record.PacketReceiptDraft;
import org.xietong.record.PacketReceipts;
import org.xietong.record.PacketView;
import org.xietong.record.Packets;
import org.xietong.record.Written;

/** The packets of a record for recipients outside the system, under every kind's path. */
@RunOnVirtualThread
public abstract class PacketsOfRecord<C extends Content> extends AttachmentsOfRecord<C> {
    @Inject
    Packets packets;

    @Inject
    PacketReceipts packetReceipts;

    @NullUnmarked // the framework fills in what is injected
    PacketsOfRecord(Kind<C> kind) {
        super(kind);
    }

    /** The passphrase, where one seals it, stands in this answer and nowhere else. */
    @POST
    @Path("{id}/packets")
    @Consumes(MediaType.APPLICATION_JSON)
    @Exchanged(PACKET_SEND)
    @Operation(summary = "制作外送数据包 / Make a packet for an outside recipient")
    public PacketView sendPacket(@PathParam("id") String id, PacketDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return packets.send(context(exchange), kind, Ids.path(id), draft);
    }

    @GET
    @Path("{id}/packets/{packet}")
    @Exchanged(PACKET_READ)
    @Operation(summary = "读取外送数据包的情况 / Read what became of a packet")
    public PacketView readPacket(@PathParam("id") String id, @PathParam("packet") String packet) {
        Exchange exchange = current.get();
        return packets.read(exchange.caller(), exchange.trace(), kind, Ids.path(id), Ids.path(packet));
    }

    @GET
    @Path("{id}/packets/{packet}/content")
    @Produces(MediaType.WILDCARD)
    @Exchanged(PACKET_COLLECT)
    @Operation(summary = "取出加密的数据包，以便送达 / Fetch the sealed packet, to convey it")
    @APIResponse(
            responseCode = "200",
            content =
                    @org.eclipse.microprofile.openapi.annotations.media.Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Download collectPacket(@PathParam("id") String id, @PathParam("packet") String packet) {
        return packets.collect(context(current.get()), kind, Ids.path(id), Ids.path(packet));
    }

    @POST
    @Path("{id}/packets/{packet}/receipts")
    @Consumes(MediaType.APPLICATION_JSON)
    @Exchanged(PACKET_ANSWER)
    @Operation(summary = "登记接收单位的回执 / Enter the recipient's receipt")
    public Written enterReceipt(
            @PathParam("id") String id, @PathParam("packet") String packet, PacketReceiptDraft draft) {
        Exchange exchange = current.get();
        exchange.status(201);
        return packetReceipts.enter(context(exchange), kind, Ids.path(id), Ids.path(packet), draft);
    }
}
