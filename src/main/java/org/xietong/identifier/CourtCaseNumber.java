package org.xietong.identifier;

import java.util.regex.Pattern;
import org.xietong.identifier.Reading.Faulty;
import org.xietong.identifier.Reading.Parsed;
import org.xietong.identifier.Reading.Rule;

/**
 * Court case number 案号 （收案年度）法院代字[专门审判代字]类型代字编号号, 法〔2015〕137号, with 知 for intellectual property since 2018. The
 * courts' short names are those of that rule (内 and 黔, not 蒙 and 贵); their codes have two digits or four. The type codes are
 * no closed list here. Cases of 2015 and before bear the form of their day, 字第…号. A document of the case may follow as 之一.
 * The normal form has full-width parentheses and half-width digits.
 */
final class CourtCaseNumber {
    private static final String YEAR = "（(?:19|20)\\d{2}）";
    private static final String TAIL = "\\d{1,6}号(?:之[一二三四五六七八九十]{1,3})?";
    private static final Pattern SHAPE = Pattern.compile(
            YEAR + "(?:最高法|[京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新兵军](?:\\d{2}(?:\\d{2})?)?)" + "知?\\p{IsHan}{1,4}" + TAIL);
    private static final Pattern UNTIL_2015 =
            Pattern.compile("（(?:19\\d{2}|200\\d|201[0-5])）\\p{IsHan}[\\p{IsHan}（）]{1,19}字第" + TAIL);

    private CourtCaseNumber() {}

    static Reading parse(String stated) {
        String number = Characters.normaliseBrackets(Characters.compact(stated), '（', '）');
        boolean known =
                SHAPE.matcher(number).matches() || UNTIL_2015.matcher(number).matches();
        return known ? new Parsed(number) : new Faulty(Rule.FORMAT);
    }
}
