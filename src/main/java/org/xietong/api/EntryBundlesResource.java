package org.xietong.api;

import static org.xietong.exchange.Operation.LOG_BUNDLE;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.exchange.LogExports;
import org.xietong.record.Download;

/** {@code /log/tile/entries}, and the same bundles where a reader of the SM3 tree looks for them; for auditors. */
@Path("/log")
@Tag(name = "日志导出 Log exports")
@RunOnVirtualThread
public class EntryBundlesResource {
    private static final String PLACE = "序号[.p/宽度] index[.p/width]";

    private final CurrentExchange current;
    private final LogExports exports;

    EntryBundlesResource(CurrentExchange current, LogExports exports) {
        this.current = current;
        this.exports = exports;
    }

    @GET
    @Path("tile/entries/{bundle: .+}")
    @Produces(MediaType.WILDCARD)
    @Exchanged(LOG_BUNDLE)
    @Operation(operationId = "readEntryBundle", summary = "日志条目包 / Bundle of entries")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Download bundle(@Parameter(description = PLACE) @PathParam("bundle") String bundle) {
        return export(bundle);
    }

    @GET
    @Path("sm3/tile/entries/{bundle: .+}")
    @Produces(MediaType.WILDCARD)
    @Exchanged(LOG_BUNDLE)
    @Operation(operationId = "readEntryBundleSm3", summary = "日志条目包（SM3 树） / Bundle of entries of the SM3 tree")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Download bundleSm3(@Parameter(description = PLACE) @PathParam("bundle") String bundle) {
        return export(bundle);
    }

    /** The entries are the same for both trees. */
    private Download export(String bundle) {
        Exchange exchange = current.get();
        return exports.bundle(exchange.caller(), exchange.trace(), bundle);
    }
}
