package org.xietong.api;

import static org.xietong.exchange.Operation.MATTER_EVIDENCE;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.EvidenceBundles;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.ledger.ExchangeFilter;
import org.xietong.record.Download;

/** {@code /v1/matters/{id}/evidence}: what a unit can prove of what was exchanged about a matter. */
@Path("/v1/matters/{id}/evidence")
@Tag(name = "案件 Matter")
@RunOnVirtualThread
public class MatterEvidenceResource {
    private final CurrentExchange current;
    private final EvidenceBundles bundles;

    MatterEvidenceResource(CurrentExchange current, EvidenceBundles bundles) {
        this.current = current;
        this.bundles = bundles;
    }

    @GET
    @Produces(MediaType.WILDCARD)
    @Exchanged(MATTER_EVIDENCE)
    @Operation(operationId = "readMatterEvidence", summary = "取得一个案件的证据包 / Evidence bundle of a matter")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Download evidence(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("until") @Nullable String until) {
        Exchange exchange = current.get();
        ExchangeFilter filter = ExchangeFilter.NONE.between(
                ExchangeParameters.time("from", from), ExchangeParameters.time("until", until));
        return bundles.ofMatter(exchange.caller(), exchange.trace(), exchange.time(), Ids.path(id), filter);
    }
}
