package org.xietong.record;

import java.util.List;
import org.xietong.identifier.ZhName;

/** The proposals to lower a record's label, newest first, ended ones too; {@link LabelLowering#MOST} at most. */
public record LabelLoweringList(@ZhName("降低密级的提议") List<LabelLoweringView> items) {}
