package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Directory;
import org.xietong.agency.Units;
import org.xietong.policy.PolicyEngine;
import org.xietong.policy.PolicySet;

/** The policy of this build over the units of this moment. Unreadable files stop the start (I2). */
@ApplicationScoped
public class CurrentPolicy {
    private final PolicySet policies = PolicySet.load();
    private final Directory directory;
    private volatile @Nullable Bound bound;

    private record Bound(Units units, PolicyEngine engine) {}

    CurrentPolicy(Directory directory) {
        this.directory = directory;
    }

    /** An engine is immutable: an exchange takes one and decides everything with it. */
    public PolicyEngine engine() {
        Units units = directory.current().units();
        Bound current = bound;
        if (current == null || current.units() != units) {
            current = new Bound(units, new PolicyEngine(policies, units));
            bound = current;
        }
        return current.engine();
    }

    public PolicySet policies() {
        return policies;
    }

    public Units units() {
        return directory.current().units();
    }
}
