package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * The owner's reply to a request for correction. To accept edits nothing: the correction itself is an amendment.
 *
 * @param noStateSecret the sender's declaration 不涉及国家秘密 (I7)
 */
public record CorrectionReply(
        @ZhName("答复结果") @NotNull @Nullable Outcome outcome,

        @ZhName("答复内容") @NotNull @Size(min = 1, max = 4000) @Nullable
        String text,

        @ZhName("不涉及国家秘密声明") @Nullable Boolean noStateSecret) {

    /** What becomes of the request. */
    public enum Outcome {
        ACCEPTED,
        REFUSED
    }
}
