package org.xietong.identifier;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xietong.identifier.Reading.Faulty;
import org.xietong.identifier.Reading.Parsed;
import org.xietong.identifier.Reading.Rule;

/**
 * Document numbers 文号 of procuratorate, police and market supervision: issuer's short name and kind, 〔year〕, number, 号 (GB/T
 * 9704). Older documents put the year in （） or []; the normal form has 〔〕 around the year and （） elsewhere. The short names are
 * not a closed list: whose a document is, tells the first of the marks 检, 公, 市监 and 工商 in it (咸安检公诉刑诉 is a procuratorate's).
 */
final class DocumentNumber {
    private static final Pattern PARTS =
            Pattern.compile("(?<issuer>\\p{IsHan}[\\p{IsHan}（）]{1,29})（(?<year>(19|20)\\d{2})）(?<rest>第?\\d{1,7}号)");
    private static final Pattern MARK = Pattern.compile("检|公|市监|工商");
    private static final Pattern POLICE_CASE = Pattern.compile("[A-Z]\\d{12}(19|20)\\d{2}(0[1-9]|1[0-2])\\d{4}");

    private DocumentNumber() {}

    /** 起诉书 and other documents of a procuratorate, e.g. 咸安检刑诉〔2021〕12号. */
    static Reading parseProcuratorate(String stated) {
        return parse(stated, Set.of("检"));
    }

    /** Documents of the police, e.g. 咸公（食药环）立字〔2021〕8号. */
    static Reading parsePolice(String stated) {
        return parse(stated, Set.of("公"));
    }

    /** Documents of market supervision, e.g. 咸市监处罚〔2021〕3号; before 2018 工商. */
    static Reading parseMarketSupervision(String stated) {
        return parse(stated, Set.of("市监", "工商"));
    }

    /** Police case number 案件编号: a letter, the unit's twelve digits, year, month, four digits. */
    static Reading parsePoliceCase(String stated) {
        String number = Characters.compact(stated);
        return POLICE_CASE.matcher(number).matches() ? new Parsed(number) : new Faulty(Rule.FORMAT);
    }

    private static Reading parse(String stated, Set<String> marks) {
        Matcher parts = PARTS.matcher(Characters.normaliseBrackets(Characters.compact(stated), '（', '）'));
        if (!parts.matches()) {
            return new Faulty(Rule.FORMAT);
        }
        String issuer = parts.group("issuer");
        Matcher mark = MARK.matcher(issuer);
        return mark.find() && marks.contains(mark.group())
                ? new Parsed(issuer + "〔" + parts.group("year") + "〕" + parts.group("rest"))
                : new Faulty(Rule.FORMAT);
    }
}
