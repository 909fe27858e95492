package org.xietong.api;

import static org.xietong.exchange.Operation.FEEDBACK_READ;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
import org.xietong.record.FeedbackPage;
import org.xietong.record.FeedbackReading;
import org.xietong.record.Kinds;

/** {@code /v1/transfers/{id}/feedback}: what became of a case that was handed over. */
@Path("/v1/transfers/{id}/feedback")
@Tag(name = "移送 Transfer")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class FeedbackResource {
    private final CurrentExchange current;
    private final FeedbackReading feedback;
    private final Kinds kinds;

    FeedbackResource(CurrentExchange current, FeedbackReading feedback, Kinds kinds) {
        this.current = current;
        this.feedback = feedback;
        this.kinds = kinds;
    }

    @GET
    @Exchanged(FEEDBACK_READ)
    @Operation(operationId = "readTransferFeedback", summary = "查询移送案件的进展与反馈 / What became of a transferred case")
    public FeedbackPage read(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        Exchange exchange = current.get();
        return feedback.page(
                exchange.caller(),
                exchange.trace(),
                kinds.byCode("transfer"),
                Ids.path(id),
                Optional.ofNullable(after),
                QueryParameters.limit(limit));
    }
}
