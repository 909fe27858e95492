package org.xietong.audit;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/**
 * What the first officer proposes to look into.
 *
 * @param documentNumber of the paper that ordered it; the purpose of every look names it
 * @param agencies whose exchanges it covers
 * @param matterIds matters that it covers; all where none is given. None is looked up: an unknown one covers nothing
 * @param from earliest time of an exchange, inclusive
 * @param until latest time, exclusive
 */
public record InquiryDraft(
        @ZhName("审计文号") @NotNull @Size(min = 2, max = 128) @Nullable
        String documentNumber,

        @ZhName("所涉机关") @NotEmpty @Size(max = 8) @Nullable List<@NotNull @Code("agencies") String> agencies,

        @ZhName("所涉案件") @Size(max = 100) @Nullable List<@NotNull UUID> matterIds,
        @ZhName("起始时间") @NotNull @Nullable OffsetDateTime from,
        @ZhName("截止时间") @NotNull @Nullable OffsetDateTime until,

        @ZhName("理由") @NotNull @Size(min = 1, max = 500) @Nullable
        String reason) {}
