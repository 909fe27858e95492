package org.xietong.kind;

import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.xietong.api.RecordResource;
import org.xietong.record.Kind;

/** {@code /v1/patent-referrals}: 专利案件移送. */
@Path("/v1/patent-referrals")
@Tag(name = "专利案件移送 Patent referral")
public class PatentReferralResource extends RecordResource<PatentReferral> {
    static final Kind<PatentReferral> KIND = new Kind<>("patent-referral", PatentReferral.class);

    PatentReferralResource() {
        super(KIND);
    }
}
