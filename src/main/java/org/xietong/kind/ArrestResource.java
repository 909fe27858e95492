package org.xietong.kind;

import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.api.RecordResource;
import org.xietong.record.Kind;

/** {@code /v1/arrests}: 批捕. */
@Path("/v1/arrests")
@Tag(name = "批捕 Arrest")
public class ArrestResource extends RecordResource<Arrest> {
    static final Kind<Arrest> KIND = new Kind<>("arrest", Arrest.class);

    ArrestResource() {
        super(KIND);
    }
}
