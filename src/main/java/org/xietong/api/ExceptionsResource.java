package org.xietong.api;

import static org.xietong.exchange.Operation.EXCEPTION_LIST;
import static org.xietong.exchange.Operation.EXCEPTION_TABLE;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.ExceptionTable;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Download;
import org.xietong.record.ExceptionList;
import org.xietong.record.ExceptionPage;
import org.xietong.record.ExceptionQuery;
import org.xietong.record.ExceptionReading;
import org.xietong.record.RecordQuery;

/** {@code /v1/exceptions}: what may have been lost on the way, for the procuratorate that supervises it. */
@Path("/v1/exceptions/{list}")
@Tag(name = "监督线索 Exceptions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ExceptionsResource {
    private final CurrentExchange current;
    private final ExceptionReading reading;
    private final ExceptionTable table;

    ExceptionsResource(CurrentExchange current, ExceptionReading reading, ExceptionTable table) {
        this.current = current;
        this.reading = reading;
        this.table = table;
    }

    @GET
    @Exchanged(EXCEPTION_LIST)
    @Operation(operationId = "listExceptions", summary = "查阅监督线索清单 / List what may have been lost")
    public ExceptionPage list(
            @PathParam("list") String list,
            @QueryParam("from") @Nullable String from,
            @QueryParam("until") @Nullable String until,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        Exchange exchange = current.get();
        return reading.list(
                exchange.caller(),
                exchange.trace(),
                exchange.time(),
                query(list, from, until, after, QueryParameters.limit(limit)));
    }

    @GET
    @Path("table")
    @Produces(MediaType.WILDCARD)
    @Exchanged(EXCEPTION_TABLE)
    @Operation(operationId = "exportExceptions", summary = "导出监督线索清单 / Export what may have been lost as a table")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Download table(
            @PathParam("list") String list,
            @QueryParam("from") @Nullable String from,
            @QueryParam("until") @Nullable String until,
            @QueryParam("format") @Nullable String format) {
        Exchange exchange = current.get();
        return table.write(
                exchange.caller(),
                exchange.trace(),
                exchange.time(),
                QueryParameters.tableFormat(format),
                query(list, from, until, null, RecordQuery.MOST));
    }

    private static ExceptionQuery query(
            String list, @Nullable String from, @Nullable String until, @Nullable String after, int limit) {
        ExceptionList named = Arrays.stream(ExceptionList.values())
                .filter(each -> each.name().equals(list))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        return new ExceptionQuery(named, day("from", from), day("until", until), Optional.ofNullable(after), limit);
    }

    private static Optional<LocalDate> day(String name, @Nullable String text) {
        return text == null ? Optional.empty() : Optional.of(QueryParameters.day(name, text));
    }
}
