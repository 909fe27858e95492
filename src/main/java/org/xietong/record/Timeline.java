package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/** A page of a matter's timeline, newest first; what is out of sight leaves no gap. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Timeline(
        @ZhName("时间线") List<TimelineEntry> items,
        @ZhName("下一页游标") @Nullable String next) {}
