package org.xietong.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/** A page of the unit's inquiries, newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InquiryPage(
        @ZhName("审计事项列表") List<InquiryView> items,
        @ZhName("下一页游标") @Nullable String next) {}
