package org.xietong.agency;

/**
 * The parties of 咸中法〔2021〕10号, the mediation committee beside them, and the auditor. MSA and IPO are one body
 * under two seals: they are separate here and linked as {@link #operatedWith}.
 */
public enum AgencyCode {
    COURT("法院", "Court"),
    PROC("检察院", "Procuratorate"),
    POLICE("公安机关", "Police"),
    MSA("市场监督管理部门", "Market supervision"),
    IPO("知识产权部门", "Intellectual-property office"),
    COPYRIGHT("版权部门", "Copyright bureau"),
    MED("人民调解委员会", "Mediation committee"),
    AUD("审计监督", "Auditor");

    private final String zh;
    private final String en;

    AgencyCode(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    public String zh() {
        return zh;
    }

    public String en() {
        return en;
    }

    /** Whether the two are one body under two seals (市场监督管理局（知识产权局）): each reads as owner, never writes. */
    public boolean operatedWith(AgencyCode other) {
        return (this == MSA && other == IPO) || (this == IPO && other == MSA);
    }
}
