package org.xietong.api;

import static org.xietong.exchange.Operation.LOG_COUNTS;
import static org.xietong.exchange.Operation.LOG_ENTRIES;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
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
import org.xietong.exchange.DayCountListView;
import org.xietong.exchange.DayCountReading;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.exchange.LogExports;
import org.xietong.record.Download;

/** {@code /v1/log}: what an auditor needs to see for himself that the log is complete. */
@Path("/v1/log")
@Tag(name = "日志导出 Log exports")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class LogExportResource {
    private final CurrentExchange current;
    private final LogExports exports;
    private final DayCountReading counts;

    LogExportResource(CurrentExchange current, LogExports exports, DayCountReading counts) {
        this.current = current;
        this.exports = exports;
        this.counts = counts;
    }

    @GET
    @Path("entries")
    @Produces(MediaType.WILDCARD)
    @Exchanged(LOG_ENTRIES)
    @Operation(operationId = "exportLogEntries", summary = "导出一段日志 / Export a stretch of the log")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Download entries(@QueryParam("from") @Nullable String from, @QueryParam("until") @Nullable String until) {
        Exchange exchange = current.get();
        return exports.lines(
                exchange.caller(),
                exchange.trace(),
                QueryParameters.position("from", from),
                QueryParameters.position("until", until));
    }

    @GET
    @Path("counts")
    @Exchanged(LOG_COUNTS)
    @Operation(operationId = "listDayCounts", summary = "查询每日条目数 / Entries of each day, per agency")
    public DayCountListView counts(
            @QueryParam("from") @Nullable String from, @QueryParam("until") @Nullable String until) {
        Exchange exchange = current.get();
        return counts.list(
                exchange.caller(),
                exchange.trace(),
                QueryParameters.day("from", from),
                QueryParameters.day("until", until));
    }
}
