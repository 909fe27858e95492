package org.xietong.policy;

import java.util.Optional;

/** Which unit an active officer serves; for {@link PolicyEngine#sight}, where a label names persons. */
@FunctionalInterface
public interface OfficerUnits {
    Optional<String> unitOf(String officer);
}
