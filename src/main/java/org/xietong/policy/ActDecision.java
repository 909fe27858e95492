package org.xietong.policy;

import org.xietong.label.LegalBasis;

/** The answer to "may this viewer do this act?" (I5, I8). State and content are not its business. */
public sealed interface ActDecision {
    String rule();

    String policyVersion();

    record Allowed(String rule, String policyVersion, LegalBasis basis) implements ActDecision {}

    /** The right is there, but the act needs an officer's own signature (I11). */
    record SignatureNeeded(String rule, String policyVersion) implements ActDecision {}

    record Refused(String rule, String policyVersion) implements ActDecision {}
}
