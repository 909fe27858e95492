package org.xietong.kind;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.xietong.policy.Redactor;
import org.xietong.record.Kind;
import org.xietong.record.Kinds;

/** The kinds that this build knows: a new one is a line here beside its file and its policy rows. */
class KindsOfThisBuild {
    @Produces
    @Singleton
    Kinds kinds() {
        return new Kinds(List.<Kind<?>>of(
                ClueResource.KIND,
                PenaltyResource.KIND,
                FilingResource.KIND,
                InvestigationResource.KIND,
                ArrestResource.KIND,
                ProsecutionResource.KIND,
                JudgmentResource.KIND,
                EnforcementResource.KIND,
                SupervisionResource.KIND,
                TransferResource.KIND,
                PatentReferralResource.KIND,
                RequestResource.KIND));
    }

    /** A content that cannot be redacted stops the start. */
    @Produces
    @Singleton
    Redactor redactor(Kinds kinds) {
        List<Class<? extends Record>> contents = new ArrayList<>();
        kinds.all().forEach(kind -> contents.add(kind.contentType().asSubclass(Record.class)));
        return new Redactor(contents);
    }
}
