package org.xietong.kind;

import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.api.RecordResource;
import org.xietong.record.Kind;

/** {@code /v1/investigations}: 侦查. */
@Path("/v1/investigations")
@Tag(name = "侦查 Investigation")
public class InvestigationResource extends RecordResource<Investigation> {
    static final Kind<Investigation> KIND = new Kind<>("investigation", Investigation.class);

    InvestigationResource() {
        super(KIND);
    }
}
