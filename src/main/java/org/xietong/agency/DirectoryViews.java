package org.xietong.agency;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/** What administrators read of the directory. */
public final class DirectoryViews {
    private DirectoryViews() {}

    /** @param active whether a unit of it may act at this moment */
    public record AgencyEntry(
            @ZhName("机关代码") String code,
            @ZhName("中文名称") String zh,
            @ZhName("英文名称") String en,
            @ZhName("是否参与") boolean active) {}

    /** A name that a unit had, 曾用名. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FormerName(
            @ZhName("曾用名") String name,
            @ZhName("启用时间") @Nullable OffsetDateTime validFrom,
            @ZhName("停用时间") @Nullable OffsetDateTime validTo) {}

    /** A unit with its responsible person and telephone (article 10). */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record UnitEntry(
            @ZhName("单位编号") String id,
            @ZhName("机关") String agency,
            @ZhName("行政区划") String division,
            @ZhName("单位名称") String name,
            @ZhName("上级单位") @Nullable String parent,
            @ZhName("责任人") String responsible,
            @ZhName("联系电话") String telephone,
            @ZhName("是否启用") boolean active,
            @ZhName("启用时间") @Nullable OffsetDateTime validFrom,
            @ZhName("停用时间") @Nullable OffsetDateTime validTo,
            @ZhName("曾用名") List<FormerName> formerNames) {

        UnitEntry withFormerNames(List<FormerName> names) {
            return new UnitEntry(
                    id, agency, division, name, parent, responsible, telephone, active, validFrom, validTo, names);
        }
    }

    public record SystemEntry(
            @ZhName("系统编号") String id,
            @ZhName("单位编号") String unit,
            @ZhName("系统名称") String name,
            @ZhName("系统角色") List<String> roles,
            @ZhName("是否启用") boolean active) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfficerEntry(
            @ZhName("人员编号") String id,
            @ZhName("单位编号") String unit,
            @ZhName("姓名") String name,
            @ZhName("职务") String title,
            @ZhName("是否启用") boolean active,
            @ZhName("管理角色") @Nullable @Code("admin-roles") String role) {}

    /**
     * A registered certificate.
     *
     * @param keyId SHA-256 of the certificate, lower-hex
     * @param revokedAt never again from then on
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CertificateEntry(
            @ZhName("密钥标识") String keyId,
            @ZhName("持有者类型") RegisteredKey.Holder holderType,
            @ZhName("持有者编号") String holder,
            @ZhName("启用时间") @Nullable OffsetDateTime validFrom,
            @ZhName("停用时间") @Nullable OffsetDateTime validTo,
            @ZhName("是否启用") boolean active,
            @ZhName("吊销时间") @Nullable OffsetDateTime revokedAt) {}
}
