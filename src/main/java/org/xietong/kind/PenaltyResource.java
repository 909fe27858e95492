package org.xietong.kind;

import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.api.RecordResource;
import org.xietong.record.Kind;

/** {@code /v1/penalties}: 行政处罚. */
@Path("/v1/penalties")
@Tag(name = "行政处罚 Penalty")
public class PenaltyResource extends RecordResource<Penalty> {
    static final Kind<Penalty> KIND = new Kind<>("penalty", Penalty.class);

    PenaltyResource() {
        super(KIND);
    }
}
