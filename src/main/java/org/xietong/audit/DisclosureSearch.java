package org.xietong.audit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.IdentifierType;
import org.xietong.identifier.ZhName;

/**
 * Of what the auditor asks who saw it: one of record, matter, participant, and an identifier. In a body, so that a number stands in
 * no address and no journal.
 */
public record DisclosureSearch(
        @ZhName("记录编号") @Nullable UUID recordId,
        @ZhName("案件编号") @Nullable UUID matterId,
        @ZhName("参与人标识") @Nullable UUID participantId,
        @ZhName("证件和编号") @Valid @Nullable Sought identifier,
        @ZhName("翻页游标") @Size(min = 1, max = 100) @Nullable String after,
        @ZhName("每页条数") @Min(1) @Max(200) @Nullable Integer limit) {

    /**
     * A number as it is stated; found in whatever form it was stated when it was stored.
     *
     * @param salt random, fresh for each search: the digest of the body stands in the log, and a number alone could be guessed
     */
    public record Sought(
            @ZhName("号码类型") @NotNull @Nullable IdentifierType type,

            @ZhName("号码") @NotNull @Size(min = 1, max = 64) @Nullable
            String value,

            @ZhName("随机值") @NotNull @Size(min = 22, max = 64) @Nullable
            String salt) {}
}
