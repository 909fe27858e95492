package org.xietong.identifier;

import java.util.regex.Pattern;
import org.xietong.identifier.Reading.Faulty;
import org.xietong.identifier.Reading.Parsed;
import org.xietong.identifier.Reading.Rule;

/**
 * Court case number 案号 （收案年度）法院代字[专门审判代字]类型代字编号号, 法〔2015〕137号, with 知 for intellectual property since 2018. A
 * document of the case may follow as 之一. The normal form has full-width parentheses and half-width digits.
 */
final class CourtCaseNumber {
    private static final Pattern SHAPE = Pattern.compile("（(19|20)\\d{2}）"
            + "(最高法|[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵军]\\d{0,4})"
            + "知?\\p{IsHan}{1,4}\\d{1,6}号(之[一二三四五六七八九十]{1,3})?");

    private CourtCaseNumber() {}

    static Reading parse(String stated) {
        String number = Characters.normaliseBrackets(Characters.compact(stated), '（', '）');
        return SHAPE.matcher(number).matches() ? new Parsed(number) : new Faulty(Rule.FORMAT);
    }
}
