package org.xietong.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.OutsideKind;
import org.xietong.identifier.ZhName;
import org.xietong.label.Caveat;
import org.xietong.label.LegalBasis;

/** The policy as people read it ({@code GET /v1/policy}): per agency its rows and rights, each with its basis in law (I10). */
public record Matrix(
        @ZhName("版本") String version,
        @ZhName("机关") List<Agency> agencies,
        @ZhName("标注上限") List<Ceiling> ceilings,
        @ZhName("外送规则") List<Outside> outside) {

    public static Matrix of(PolicySet policy) {
        return new Matrix(
                policy.version(),
                Arrays.stream(AgencyCode.values())
                        .map(agency -> Agency.of(agency, policy))
                        .toList(),
                Arrays.stream(Caveat.values())
                        .map(caveat -> Ceiling.of(policy.ceiling().of(caveat)))
                        .toList(),
                policy.outside().stream().map(Outside::of).toList());
    }

    /** One agency's part. */
    public record Agency(
            @ZhName("机关代码") AgencyCode agency,
            @ZhName("机关名称") String name,
            @ZhName("查看规则") List<Sight> views,
            @ZhName("办理权限") List<Right> acts) {
        static Agency of(AgencyCode agency, PolicySet policy) {
            return new Agency(
                    agency,
                    agency.zh(),
                    policy.views(agency).stream().map(Sight::of).toList(),
                    policy.acts(agency).stream().map(Right::of).toList());
        }
    }

    /** A condition in code and in Chinese. */
    public record When(
            @ZhName("条件代码") String code, @ZhName("条件") String text) {
        static List<When> of(List<Condition> conditions) {
            return conditions.stream().map(c -> new When(c.code(), c.zh())).toList();
        }
    }

    /** A row of sight. */
    public record Sight(
            @ZhName("规则编号") String id,
            @ZhName("记录种类") String kind,
            @ZhName("适用属性") Map<String, String> where,
            @ZhName("条件") List<When> when,
            @ZhName("查看范围") View view,
            @ZhName("开放的标注") List<Caveat> opens,
            @ZhName("另行隐去") List<String> hide,
            @ZhName("法定") boolean statutory,
            @ZhName("法律依据") LegalBasis basis) {
        static Sight of(ViewRow row) {
            return new Sight(
                    row.id(),
                    row.kind(),
                    row.where(),
                    When.of(row.when()),
                    row.view(),
                    row.opens().stream().sorted().toList(),
                    row.hide().stream().sorted().toList(),
                    row.statutory(),
                    row.basis());
        }
    }

    /** A right to act. */
    public record Right(
            @ZhName("规则编号") String id,
            @ZhName("记录种类") String kind,
            @ZhName("动作") List<String> acts,
            @ZhName("适用属性") Map<String, String> where,
            @ZhName("条件") List<When> when,
            @ZhName("须本人签名") boolean signed,
            @ZhName("法律依据") LegalBasis basis) {
        static Right of(ActRow row) {
            return new Right(
                    row.id(),
                    row.kind(),
                    row.acts().stream().sorted().toList(),
                    row.where(),
                    When.of(row.when()),
                    row.signed(),
                    row.basis());
        }
    }

    /** What may leave the system, from whom to whom. */
    public record Outside(
            @ZhName("规则编号") String id,
            @ZhName("记录种类") String kind,
            @ZhName("适用属性") Map<String, String> where,
            @ZhName("发出机关") List<AgencyCode> from,
            @ZhName("接收单位种类") List<OutsideKind> to,
            @ZhName("查看范围") View view,
            @ZhName("开放的标注") List<Caveat> opens,
            @ZhName("法律依据") LegalBasis basis) {
        static Outside of(OutsideRow row) {
            return new Outside(
                    row.id(),
                    row.kind(),
                    row.where(),
                    row.from().stream().sorted().toList(),
                    row.to().stream().sorted().toList(),
                    row.view(),
                    row.opens().stream().sorted().toList(),
                    row.basis());
        }
    }

    /** What an unopened caveat leaves; NONE = out of sight. */
    public record Ceiling(
            @ZhName("标注") Caveat caveat,
            @ZhName("最高查看范围") String most,
            @ZhName("说明") String text) {
        static Ceiling of(CaveatCeiling.Line line) {
            return new Ceiling(line.caveat(), line.most().map(View::name).orElse("NONE"), line.zh());
        }
    }
}
