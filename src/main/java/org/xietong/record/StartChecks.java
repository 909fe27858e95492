package org.xietong.record;

import io.quarkus.arc.ClientProxy;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.xietong.policy.Redactor;
import org.xietong.threshold.Thresholds;

/**
 * Makes at start what loads rules and law: policy, label bases, state-secret marks, contents' shapes. Made at the first
 * request, an unsound file would not stop the start but fail that request and every other (I2, I10).
 */
@Startup
@ApplicationScoped
class StartChecks {

    /** @param redactor a singleton: made by being asked for */
    StartChecks(CurrentPolicy policy, DraftReader reader, DraftRules rules, PolicyReading reading, Redactor redactor) {
        Thresholds.standard();
        List.of(policy, reader, rules, reading).forEach(ClientProxy::unwrap);
    }
}
