package org.xietong.record;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * What a bulk line says beside its draft.
 *
 * @param idempotencyKey printable ASCII, as in the header field
 */
record BulkLineHead(
        @ZhName("幂等键") @Nullable @Pattern(regexp = "[ -~]{1,128}")
        String idempotencyKey,

        @ZhName("来源系统编号") @Nullable @Size(min = 1, max = Draft.MAX_SOURCE_REF)
        String sourceRef) {}
