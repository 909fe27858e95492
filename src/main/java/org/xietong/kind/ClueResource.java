package org.xietong.kind;

import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.api.RecordResource;
import org.xietong.record.Kind;

/** {@code /v1/clues}: 线索. */
@Path("/v1/clues")
@Tag(name = "线索 Clue")
public class ClueResource extends RecordResource<Clue> {
    static final Kind<Clue> KIND = new Kind<>("clue", Clue.class);

    ClueResource() {
        super(KIND);
    }
}
