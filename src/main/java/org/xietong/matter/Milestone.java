package org.xietong.matter;

/**
 * Milestones 节点 of a participant within a filing. They are set and revoked (撤案, 撤回起诉, 发回重审, 再审) by the
 * competent agency only, and open only what concerns that participant and that filing.
 */
public enum Milestone {
    TRANSFERRED("已移送"),
    FILED("已立案"),
    CUSTODY("已采取强制措施"),
    EARLY_PARTICIPATION("提前介入"),
    ARREST_REQUESTED("已提请批捕"),
    ARRESTED("已逮捕"),
    SENT_FOR_PROSECUTION("已移送审查起诉"),
    INDICTED("已起诉"),
    NOT_PROSECUTED("不起诉"),
    LAWSUIT("已提起诉讼"),
    JUDGED("已宣判"),
    EFFECTIVE("已生效"),
    WITHDRAWN("已撤案"),
    ENFORCED("已执行");

    private final String zh;

    Milestone(String zh) {
        this.zh = zh;
    }

    public String zh() {
        return zh;
    }
}
