package org.xietong.kind;

import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.api.RecordResource;
import org.xietong.record.Kind;

/** {@code /v1/requests}: 协作请求. */
@Path("/v1/requests")
@Tag(name = "协作请求 Request")
public class RequestResource extends RecordResource<Request> {
    static final Kind<Request> KIND = new Kind<>("request", Request.class);

    RequestResource() {
        super(KIND);
    }
}
