package org.xietong.app;

import org.xietong.agency.OutsideKind;

/** Whom the demonstration's city knows outside the system: packets go there, and nobody calls from there. */
public enum OutsideSeat {
    /** It has jurisdiction over the city's patent cases in the first instance, and a certificate to seal to. */
    IP_COURT("OUT-420100-ipcourt", OutsideKind.COURT, "武汉知识产权法庭", "Wuhan Intellectual Property Court", true),
    /** Of a neighbouring city, without a certificate: its packets are sealed by passphrase. */
    HUANGSHI_MSA("OUT-420200-msa", OutsideKind.AGENCY, "黄石市市场监督管理局", "Huangshi Market Supervision", false);

    private static final int DIVISION_AT = "OUT-".length();
    private static final int DIVISION = 6;

    private final String id;
    private final OutsideKind kind;
    private final String nameZh;
    private final String nameEn;
    private final boolean certified;

    OutsideSeat(String id, OutsideKind kind, String nameZh, String nameEn, boolean certified) {
        this.id = id;
        this.kind = kind;
        this.nameZh = nameZh;
        this.nameEn = nameEn;
        this.certified = certified;
    }

    /** By which it is registered. */
    public String id() {
        return id;
    }

    boolean isCertified() {
        return certified;
    }

    /** Its line of the directory file; the certificate lies beside those of the city. */
    String entry() {
        String certificate = certified ? ", certificate: certificates/%s.pem".formatted(id) : "";
        return "  - { id: %s, kind: %s, division: \"%s\", nameZh: %s, nameEn: %s%s }\n"
                .formatted(id, kind, id.substring(DIVISION_AT, DIVISION_AT + DIVISION), nameZh, nameEn, certificate);
    }
}
