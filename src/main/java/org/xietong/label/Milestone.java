package org.xietong.label;

/**
 * The milestones 节点 of a participant within a filing. They open policy rows ({@code after}) and may end a label
 * ({@code declassify}); only the competent agency sets and revokes them (domain, lifecycles).
 */
public enum Milestone {
    TRANSFERRED("移送"),
    FILED("立案"),
    CUSTODY("羁押"),
    COERCION_NOTIFIED("通知强制措施"),
    EARLY_PARTICIPATION("提前介入"),
    ARREST_REQUESTED("提请批捕"),
    ARRESTED("逮捕"),
    SENT_FOR_PROSECUTION("移送审查起诉"),
    INDICTED("提起公诉"),
    NOT_PROSECUTED("不起诉"),
    LAWSUIT("提起诉讼"),
    JUDGED("宣判"),
    EFFECTIVE("裁判生效"),
    WITHDRAWN("撤案"),
    ENFORCED("执行完毕");

    private final String zh;

    Milestone(String zh) {
        this.zh = zh;
    }

    public String zh() {
        return zh;
    }
}
