package org.xietong.api;

import static org.xietong.exchange.Operation.THRESHOLD_LIST;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.exchange.Exchanged;
import org.xietong.identifier.ZhName;
import org.xietong.threshold.Threshold;
import org.xietong.threshold.Thresholds;

/** {@code /v1/thresholds}: by what a transfer must be considered, and how far each was read. */
@Path("/v1/thresholds")
@Tag(name = "移送提示 Prompts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ThresholdsResource {
    private final Thresholds thresholds = Thresholds.standard();

    /** All versions of all thresholds, in the order of their ids. */
    public record ThresholdList(@ZhName("追诉标准") List<Threshold> thresholds) {}

    @GET
    @Exchanged(THRESHOLD_LIST)
    @Operation(operationId = "listThresholds", summary = "查阅追诉标准 / Read the criminal thresholds")
    public ThresholdList list() {
        return new ThresholdList(thresholds.all());
    }
}
