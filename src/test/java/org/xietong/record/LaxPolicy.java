package org.xietong.record;

import org.xietong.agency.Directory;
import org.xietong.agency.DirectorySnapshot;
import org.xietong.agency.Officer;
import org.xietong.policy.PolicyEngine;
import org.xietong.policy.PolicySet;
import org.xietong.policy.PolicySource;

/** Another policy in force than the shipped one, for tests of what no policy may give. */
public class LaxPolicy extends CurrentPolicy {
    private final Directory directory;
    private final PolicySet policies;

    public LaxPolicy(Directory directory, PolicySource source) {
        super(directory);
        this.directory = directory;
        this.policies = PolicySet.load(source);
    }

    @Override
    public PolicyEngine engine() {
        DirectorySnapshot register = directory.current();
        return new PolicyEngine(
                policies,
                register.units(),
                officer -> register.officer(officer).filter(Officer::active).map(Officer::unit));
    }

    @Override
    public PolicySet policies() {
        return policies;
    }
}
