package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * The second officer's word (I11). He signs the digest of what he read, so that nobody can put something else under his key.
 *
 * @param digest of the proposal, as its view shows it
 */
public record Confirmation(
        @ZhName("提议摘要") @NotNull @Pattern(regexp = "[0-9a-f]{64}") @Nullable
        String digest) {}
