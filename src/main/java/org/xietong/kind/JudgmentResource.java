package org.xietong.kind;

import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.api.RecordResource;
import org.xietong.record.Kind;

/** {@code /v1/judgments}: 审判. */
@Path("/v1/judgments")
@Tag(name = "审判 Judgment")
public class JudgmentResource extends RecordResource<Judgment> {
    static final Kind<Judgment> KIND = new Kind<>("judgment", Judgment.class);

    JudgmentResource() {
        super(KIND);
    }
}
