package org.xietong.kind;

import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.api.RecordResource;
import org.xietong.record.Kind;

/** {@code /v1/filings}: 立案. */
@Path("/v1/filings")
@Tag(name = "立案 Filing")
public class FilingResource extends RecordResource<Filing> {
    static final Kind<Filing> KIND = new Kind<>("filing", Filing.class);

    FilingResource() {
        super(KIND);
    }
}
