package org.xietong.exchange;

import java.util.List;
import org.xietong.identifier.ZhName;

/** Days in their order; a day that is not stated yet is not among them. */
public record DayCountListView(@ZhName("每日条目数列表") List<DayCountView> items) {}
