package org.xietong.kind;

import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.api.RecordResource;
import org.xietong.record.Kind;

/** {@code /v1/enforcements}: 执行. */
@Path("/v1/enforcements")
@Tag(name = "执行 Enforcement")
public class EnforcementResource extends RecordResource<Enforcement> {
    static final Kind<Enforcement> KIND = new Kind<>("enforcement", Enforcement.class);

    EnforcementResource() {
        super(KIND);
    }
}
