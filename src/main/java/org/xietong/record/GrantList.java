package org.xietong.record;

import java.util.List;
import org.xietong.identifier.ZhName;

/** The grants of a record that are proposed or stand, newest first; {@link Granting#MOST} at most. */
public record GrantList(@ZhName("授权") List<GrantView> items) {}
