package org.xietong.api;

import static org.xietong.exchange.Operation.EXCHANGE_EVIDENCE;
import static org.xietong.exchange.Operation.EXCHANGE_LIST;
import static org.xietong.exchange.Operation.EXCHANGE_READ;
import static org.xietong.exchange.Operation.EXCHANGE_RECEIPT;
import static org.xietong.exchange.Operation.EXCHANGE_TABLE;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
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
import org.xietong.exchange.ExchangeListView;
import org.xietong.exchange.ExchangeReading;
import org.xietong.exchange.ExchangeReceipts;
import org.xietong.exchange.ExchangeTable;
import org.xietong.exchange.Exchanged;
import org.xietong.exchange.OpenedExchangeView;
import org.xietong.record.Download;

/** {@code /v1/exchanges}: the journal of exchanges, opened reader by reader. */
@Path("/v1/exchanges")
@Tag(name = "交换日志 Exchanges")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ExchangesResource {
    private final CurrentExchange current;
    private final ExchangeReading exchanges;
    private final ExchangeTable table;
    private final ExchangeReceipts receipts;
    private final EvidenceBundles bundles;

    ExchangesResource(
            CurrentExchange current,
            ExchangeReading exchanges,
            ExchangeTable table,
            ExchangeReceipts receipts,
            EvidenceBundles bundles) {
        this.current = current;
        this.exchanges = exchanges;
        this.table = table;
        this.receipts = receipts;
        this.bundles = bundles;
    }

    @GET
    @Exchanged(EXCHANGE_LIST)
    @Operation(operationId = "listExchanges", summary = "列出交换 / List exchanges")
    public ExchangeListView list(@BeanParam ExchangeParameters parameters) {
        Exchange exchange = current.get();
        return exchanges.list(
                exchange.caller(),
                exchange.trace(),
                exchange.time(),
                parameters.scope(exchange.caller()),
                parameters.filter(),
                Optional.ofNullable(parameters.after),
                QueryParameters.limit(parameters.limit));
    }

    @GET
    @Path("table")
    @Produces(MediaType.WILDCARD)
    @Exchanged(EXCHANGE_TABLE)
    @Operation(operationId = "exportExchanges", summary = "导出交换清单 / Export exchanges as a table")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Download table(@BeanParam ExchangeParameters parameters, @QueryParam("format") @Nullable String format) {
        Exchange exchange = current.get();
        parameters.requireWhole();
        return table.write(
                exchange.caller(),
                exchange.trace(),
                exchange.time(),
                QueryParameters.tableFormat(format),
                parameters.filter());
    }

    @GET
    @Path("{id}/receipt")
    @Produces(MediaType.WILDCARD)
    @Exchanged(EXCHANGE_RECEIPT)
    @Operation(operationId = "readReceipt", summary = "取得日志回执 / Proof that the log holds an exchange")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Download receipt(@PathParam("id") String id, @QueryParam("tree") @Nullable String tree) {
        Exchange exchange = current.get();
        return receipts.of(
                exchange.caller(), exchange.trace(), exchange.time(), Ids.path(id), QueryParameters.tree(tree));
    }

    @GET
    @Path("{id}/evidence")
    @Produces(MediaType.WILDCARD)
    @Exchanged(EXCHANGE_EVIDENCE)
    @Operation(operationId = "readExchangeEvidence", summary = "取得一次交换的证据包 / Evidence bundle of an exchange")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Download evidence(@PathParam("id") String id) {
        Exchange exchange = current.get();
        return bundles.ofExchange(exchange.caller(), exchange.trace(), exchange.time(), Ids.path(id));
    }

    @GET
    @Path("{id}")
    @Exchanged(EXCHANGE_READ)
    @Operation(operationId = "readExchange", summary = "开启一次交换 / Open an exchange")
    public OpenedExchangeView open(@PathParam("id") String id) {
        Exchange exchange = current.get();
        return exchanges.open(exchange.caller(), exchange.trace(), exchange.time(), Ids.path(id));
    }
}
