package org.xietong.policy;

import java.util.UUID;

/** A milestone that stands for a participant within a filing. A revoked one is no fact. */
public record MilestoneFact(String milestone, UUID participant, UUID filing) {}
