package org.xietong.kind;

import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.api.RecordResource;
import org.xietong.record.Kind;

/** {@code /v1/supervisions}: 监督. */
@Path("/v1/supervisions")
@Tag(name = "监督 Supervision")
public class SupervisionResource extends RecordResource<Supervision> {
    static final Kind<Supervision> KIND = new Kind<>("supervision", Supervision.class);

    SupervisionResource() {
        super(KIND);
    }
}
