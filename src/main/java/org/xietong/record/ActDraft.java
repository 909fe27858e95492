package org.xietong.record;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.matter.Occurred;

/**
 * What a caller writes with a lifecycle act 办理动作. An act of the addressee adds this beside the owner's content; it
 * never edits the owner's.
 *
 * @param participants whom the act concerns; none means all participants of the record
 * @param addressees units the act hands the record to
 * @param reasonCode of the list {@code refusal-reasons}, where the act is a refusal or rejection
 * @param record the caller's own record that the act rests on, e.g. the filing that an order led to
 * @param supplies records in the caller's sight that an answer supplies; naming one opens it to nobody
 * @param content new content that comes with the act; the owner's acts only
 * @param noStateSecret the sender's declaration 不涉及国家秘密 (I7)
 */
public record ActDraft<C extends Content>(
        @ZhName("办理时间") @Nullable @Valid Occurred occurred,
        @ZhName("文书文号") @Nullable @Size(min = 1, max = 128) String documentNumber,
        @ZhName("理由代码") @Nullable @Size(min = 1, max = 64) String reasonCode,
        @ZhName("说明") @Nullable @Size(min = 1, max = 4000) String note,
        @ZhName("涉及的当事人") @Nullable @Size(max = 200) List<@NotNull UUID> participants,
        @ZhName("接收单位") @Nullable @Size(max = 16) List<@NotNull @Size(min = 1, max = 64) String> addressees,
        @ZhName("所依据的本单位记录") @Nullable UUID record,
        @ZhName("所提供的记录") @Nullable @Size(max = 20) List<@NotNull UUID> supplies,
        @ZhName("更新后的内容") @Nullable @Valid C content,
        @ZhName("不涉及国家秘密声明") @Nullable Boolean noStateSecret) {

    /** The act alone; the content it carried stands in the version that it made. */
    ActDraft<C> withoutContent() {
        return new ActDraft<>(
                occurred,
                documentNumber,
                reasonCode,
                note,
                participants,
                addressees,
                record,
                supplies,
                null,
                noStateSecret);
    }

    /** The same, supplying nothing that is not among these. */
    ActDraft<C> supplying(Set<UUID> shown) {
        return supplies == null
                ? this
                : new ActDraft<>(
                        occurred,
                        documentNumber,
                        reasonCode,
                        note,
                        participants,
                        addressees,
                        record,
                        left(shown),
                        content,
                        noStateSecret);
    }

    /** None left looks like none named. */
    private @Nullable List<UUID> left(Set<UUID> shown) {
        List<UUID> left = supplies == null
                ? List.of()
                : supplies.stream().filter(shown::contains).toList();
        return left.isEmpty() ? null : left;
    }
}
