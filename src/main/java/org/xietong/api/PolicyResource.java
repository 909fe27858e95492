package org.xietong.api;

import static org.xietong.exchange.Operation.POLICY_EXPLAIN;
import static org.xietong.exchange.Operation.POLICY_READ;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.xietong.exchange.CurrentExchange;
import org.xietong.exchange.Exchange;
import org.xietong.exchange.Exchanged;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.policy.Explanation;
import org.xietong.policy.Matrix;
import org.xietong.record.PolicyReading;

/** {@code /v1/policy}: who may see what by which rule; for lawyers, security officers, and whoever asks why. */
@Path("/v1/policy")
@Tag(name = "政策 Policy")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PolicyResource {
    private final CurrentExchange current;
    private final PolicyReading policy;

    PolicyResource(CurrentExchange current, PolicyReading policy) {
        this.current = current;
        this.policy = policy;
    }

    /** Which record the asker wants explained. */
    public record ExplainDraft(
            @ZhName("记录种类") @NotNull @Code("record-kinds") @Nullable
            String kind,

            @ZhName("记录编号") @NotNull @Nullable UUID recordId) {}

    @GET
    @Exchanged(POLICY_READ)
    @Operation(operationId = "readPolicy", summary = "读取政策矩阵 / Read the policy")
    public Matrix read() {
        return policy.matrix(current.get().trace());
    }

    @POST
    @Path("explain")
    @Exchanged(POLICY_EXPLAIN)
    @Operation(operationId = "explainPolicy", summary = "说明为何可见或不可见 / Explain why something is or is not visible")
    public Explanation explain(ExplainDraft draft) {
        Exchange exchange = current.get();
        return policy.explain(exchange.caller(), exchange.trace(), draft.kind(), draft.recordId());
    }
}
