package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * A page of a record's attachments, newest first.
 *
 * @param next opaque cursor of the next page; absent at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttachmentPage(
        @ZhName("附件列表") List<AttachmentView> items,
        @ZhName("下一页游标") @Nullable String next) {}
