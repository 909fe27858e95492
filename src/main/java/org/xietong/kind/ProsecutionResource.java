package org.xietong.kind;

import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.api.RecordResource;
import org.xietong.record.Kind;

/** {@code /v1/prosecutions}: 起诉. */
@Path("/v1/prosecutions")
@Tag(name = "起诉 Prosecution")
public class ProsecutionResource extends RecordResource<Prosecution> {
    static final Kind<Prosecution> KIND = new Kind<>("prosecution", Prosecution.class);

    ProsecutionResource() {
        super(KIND);
    }
}
