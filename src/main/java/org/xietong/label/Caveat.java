package org.xietong.label;

/** Handling caveats 标注 on a record or a field; each closes something to those whom no rule opens it for. */
public enum Caveat {
    INVESTIGATION("侦查不公开"),
    PI("个人信息"),
    SENSITIVE_PI("敏感个人信息"),
    MINOR("未成年人"),
    TRADE_SECRET("商业秘密"),
    INFORMANT("举报人信息"),
    CLOSED_TRIAL("不公开审理"),
    SEALED_RECORD("犯罪记录封存"),
    LEGAL_PRIVILEGE("合议及副卷"),
    NO_FORWARD("不得转递"),
    NO_EXPORT("不得导出");

    private final String zh;

    Caveat(String zh) {
        this.zh = zh;
    }

    public String zh() {
        return zh;
    }
}
