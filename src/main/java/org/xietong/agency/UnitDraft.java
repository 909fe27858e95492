package org.xietong.agency;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * A unit as an administrator states it, whole; the rules are those of {@link DirectoryFile}. An amendment states all of
 * it again; a name that is replaced stays as a former name.
 *
 * @param division GB/T 2260, six digits
 * @param parent the superior unit, of the same agency
 * @param responsible title or 某某; required of an active unit (article 10)
 * @param suspended registered, but not to take part yet; not written when amending
 * @param validFrom first day, Asia/Shanghai; without it, without beginning
 * @param validTo last day
 * @param formerNames that it had before; added to those that are known
 */
public record UnitDraft(
        @ZhName("单位编号") @NotBlank @Size(max = 64) String id,
        @ZhName("机关") @NotBlank @Size(max = 16) String agency,
        @ZhName("行政区划") @NotBlank @Size(max = 6) String division,
        @ZhName("单位名称") @NotBlank @Size(max = 200) String name,
        @ZhName("上级单位") @Nullable @Size(max = 64) String parent,
        @ZhName("责任人") @Nullable @Size(max = 100) String responsible,
        @ZhName("联系电话") @Nullable @Size(max = 50) String telephone,
        @ZhName("暂不启用") @Nullable Boolean suspended,
        @ZhName("启用日期") @Nullable LocalDate validFrom,
        @ZhName("停用日期") @Nullable LocalDate validTo,
        @ZhName("曾用名") @Nullable @Valid @Size(max = 20) List<@NotNull FormerNameDraft> formerNames)
        implements DirectoryDraft {

    /**
     * A name of the past 曾用名.
     *
     * @param validFrom first day; without it, without beginning
     * @param validTo last day
     */
    public record FormerNameDraft(
            @ZhName("曾用名") @NotBlank @Size(max = 200) String name,
            @ZhName("启用日期") @Nullable LocalDate validFrom,
            @ZhName("停用日期") @NotNull LocalDate validTo) {}

    DirectoryFile.UnitEntry entry(boolean active) {
        return new DirectoryFile.UnitEntry(
                id,
                agency,
                division,
                name,
                Optional.ofNullable(parent),
                responsible == null ? "" : responsible,
                telephone == null ? "" : telephone,
                !active,
                Optional.ofNullable(validFrom),
                Optional.ofNullable(validTo));
    }
}
