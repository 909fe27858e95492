package org.xietong.kind;

import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.api.RecordResource;
import org.xietong.record.Kind;

/** {@code /v1/transfers}: 案件移送. */
@Path("/v1/transfers")
@Tag(name = "移送 Transfer")
public class TransferResource extends RecordResource<Transfer> {
    static final Kind<Transfer> KIND = new Kind<>("transfer", Transfer.class);

    TransferResource() {
        super(KIND);
    }
}
