package org.xietong.api;

import static org.xietong.exchange.Operation.PROMPT_LIST;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
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
import org.xietong.record.PromptPage;
import org.xietong.record.PromptReading;

/** {@code /v1/prompts}: where a transfer must be considered. */
@Path("/v1/prompts")
@Tag(name = "移送提示 Prompts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PromptsResource {
    private final CurrentExchange current;
    private final PromptReading reading;

    PromptsResource(CurrentExchange current, PromptReading reading) {
        this.current = current;
        this.reading = reading;
    }

    @GET
    @Exchanged(PROMPT_LIST)
    @Operation(operationId = "listPrompts", summary = "查询移送提示 / List prompts to consider a transfer")
    public PromptPage list(
            @QueryParam("record") @Nullable String record,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        Exchange exchange = current.get();
        if (record != null) {
            QueryParameters.refuseBeside("record", after, limit);
            return reading.ofRecord(exchange.caller(), exchange.trace(), exchange.time(), Ids.parse("record", record));
        }
        return reading.list(
                exchange.caller(),
                exchange.trace(),
                exchange.time(),
                Optional.ofNullable(after),
                QueryParameters.limit(limit));
    }
}
