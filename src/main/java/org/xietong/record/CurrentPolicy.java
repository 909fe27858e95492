package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Directory;
import org.xietong.agency.DirectorySnapshot;
import org.xietong.agency.Officer;
import org.xietong.agency.Units;
import org.xietong.policy.PolicyEngine;
import org.xietong.policy.PolicySet;

/** The policy of this build over the units of this moment. Unreadable files stop the start (I2). */
@ApplicationScoped
public class CurrentPolicy {
    private final PolicySet policies = PolicySet.load();
    private final Directory directory;
    private volatile @Nullable Bound bound;

    private record Bound(DirectorySnapshot register, PolicyEngine engine) {}

    CurrentPolicy(Directory directory) {
        this.directory = directory;
    }

    /** An engine is immutable: an exchange takes one and decides everything with it. */
    public PolicyEngine engine() {
        DirectorySnapshot register = directory.current();
        Bound current = bound;
        if (current == null || current.register() != register) {
            current = new Bound(
                    register,
                    new PolicyEngine(
                            policies,
                            register.units(),
                            officer -> register.officer(officer)
                                    .filter(Officer::active)
                                    .map(Officer::unit)));
            bound = current;
        }
        return current.engine();
    }

    public PolicySet policies() {
        return policies;
    }

    /** The unit of an active officer. */
    Optional<String> unitOf(String officer) {
        return directory.current().officer(officer).filter(Officer::active).map(Officer::unit);
    }

    /** The rule that a unit breaks which is to be handed something or brought in; none where it is registered and not suspended. */
    Optional<String> fault(String unit) {
        return units().find(unit)
                .map(found -> found.active() ? Optional.<String>empty() : Optional.of("SUSPENDED_UNIT"))
                .orElse(Optional.of("UNKNOWN_UNIT"));
    }

    public Units units() {
        return directory.current().units();
    }
}
