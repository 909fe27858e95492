package org.xietong.record;

import java.util.List;
import org.xietong.identifier.ZhName;

/** Spills of the unit's own records and those that it reported, the newest first. */
public record SpillList(@ZhName("误传") List<SpillView> items) {}
