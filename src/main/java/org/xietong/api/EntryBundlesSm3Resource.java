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

/** {@code /log/sm3/tile/entries}: the same bundles, where a reader of the SM3 tree looks for them. */
@Path("/log/sm3/tile/entries")
@Tag(name = "日志导出 Log exports")
@RunOnVirtualThread
public class EntryBundlesSm3Resource {
    private final CurrentExchange current;
    private final LogExports exports;

    EntryBundlesSm3Resource(CurrentExchange current, LogExports exports) {
        this.current = current;
        this.exports = exports;
    }

    @GET
    @Path("{bundle: .+}")
    @Produces(MediaType.WILDCARD)
    @Exchanged(LOG_BUNDLE)
    @Operation(operationId = "readEntryBundleSm3", summary = "日志条目包（SM3 树） / Bundle of entries of the SM3 tree")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Download bundle(@Parameter(description = "序号[.p/宽度] index[.p/width]") @PathParam("bundle") String bundle) {
        Exchange exchange = current.get();
        return exports.bundle(exchange.caller(), exchange.trace(), bundle);
    }
}
