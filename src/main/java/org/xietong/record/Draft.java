package org.xietong.record;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.label.LabelDraft;
import org.xietong.matter.Occurred;

/**
 * What a caller writes to create or amend a record. Owner, state, version and times are the service's and stand
 * nowhere in it (I5).
 *
 * @param matterId the matter to post into; none opens a new one; not written when amending
 * @param filing the criminal filing 刑事立案 of which the record is a stage; not written when amending
 * @param sourceRef the case system's own id, unique per system and kind
 * @param origin BACKFILL for what happened before: it starts no clock and no notice, and must say when it occurred
 * @param state of a backfilled record, where it is not the first of its lifecycle; not written when amending
 * @param noStateSecret the sender's declaration 不涉及国家秘密 (I7); only {@code true} is accepted
 */
public record Draft<C extends Content>(
        @ZhName("案件编号") @Nullable UUID matterId,
        @ZhName("所属刑事立案") @Nullable UUID filing,

        @ZhName("来源系统编号") @Nullable @Size(min = 1, max = Draft.MAX_SOURCE_REF)
        String sourceRef,

        @ZhName("数据来源") @Nullable Origin origin,
        @ZhName("补录时的状态") @Nullable @Code("states") String state,
        @ZhName("文号") @Nullable @Size(min = 1, max = 128) String documentNumber,
        @ZhName("接收单位") @Nullable @Size(max = 16) List<@NotNull @Size(min = 1, max = 64) String> addressees,
        @ZhName("发生时间") @Nullable @Valid Occurred occurred,
        @ZhName("保密标签") @Nullable @Valid LabelDraft label,
        @ZhName("不涉及国家秘密声明") @Nullable Boolean noStateSecret,
        @ZhName("内容") @NotNull @Valid C content) {

    /** The longest id of a case system's own. */
    public static final int MAX_SOURCE_REF = 128;

    Draft<C> withSourceRef(String ref) {
        return new Draft<>(
                matterId,
                filing,
                ref,
                origin,
                state,
                documentNumber,
                addressees,
                occurred,
                label,
                noStateSecret,
                content);
    }
}
