package org.xietong.record;

import java.util.List;
import org.xietong.identifier.ZhName;

/** The unit's own erasures, the newest first. */
public record ErasureList(@ZhName("删除") List<ErasureView> items) {}
