package org.xietong.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.label.Caveat;
import org.xietong.label.LegalBasis;

/**
 * Why a record is or is not visible, as far as the asker may know. For what is out of sight only kind, version and the rows of
 * the asker's own agency are given: the same answer whether or not the record exists (I4).
 *
 * @param ceilings what lowered the view
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
        @ZhName("记录种类") String kind,
        @ZhName("政策版本") String policyVersion,
        @ZhName("可见") boolean visible,
        @ZhName("本机关的查看规则") List<Matrix.Sight> rows,
        @ZhName("适用规则") @Nullable String rule,
        @ZhName("法律依据") @Nullable LegalBasis basis,
        @ZhName("查看范围") @Nullable View view,
        @ZhName("法定") @Nullable Boolean statutory,
        @ZhName("已开放的标注") @Nullable List<Caveat> opened,
        @ZhName("降低范围的原因") @Nullable List<String> ceilings,
        @ZhName("隐去的字段") @Nullable List<Masked> masked) {

    static Explanation outOfSight(String kind, String version, List<Matrix.Sight> rows) {
        return new Explanation(kind, version, false, rows, null, null, null, null, null, null, null);
    }

    static Explanation visible(
            String kind, Decision.Permitted permitted, List<Matrix.Sight> rows, List<Masked> masked) {
        return new Explanation(
                kind,
                permitted.policyVersion(),
                true,
                rows,
                permitted.rule(),
                permitted.basis(),
                permitted.view(),
                permitted.statutory(),
                permitted.opened().stream().sorted().toList(),
                permitted.ceilings(),
                masked);
    }
}
