package org.xietong.api;

import static org.xietong.exchange.Operation.EXCHANGE_LIST;
import static org.xietong.exchange.Operation.EXCHANGE_READ;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.ExchangeListView;
import org.xietong.exchange.ExchangeReading;
import org.xietong.exchange.Exchanged;
import org.xietong.exchange.OpenedExchangeView;

/** {@code /v1/exchanges}: the journal of exchanges, opened reader by reader. */
@Path("/v1/exchanges")
@Tag(name = "交换日志 Exchanges")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ExchangesResource {
    private final CurrentExchange current;
    private final ExchangeReading exchanges;

    ExchangesResource(CurrentExchange current, ExchangeReading exchanges) {
        this.current = current;
        this.exchanges = exchanges;
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
    @Path("{id}")
    @Exchanged(EXCHANGE_READ)
    @Operation(operationId = "readExchange", summary = "开启一次交换 / Open an exchange")
    public OpenedExchangeView open(@PathParam("id") String id) {
        Exchange exchange = current.get();
        return exchanges.open(exchange.caller(), exchange.trace(), exchange.time(), Ids.path(id));
    }
}
