package org.xietong.identifier;

import java.util.regex.Pattern;

/** A number held on paper 文号、案号: found again however its brackets, widths and spaces were written. */
public final class PaperNumber {
    private static final Pattern BRACKETS = Pattern.compile("[()（）\\[\\]［］〔〕【】﹝﹞]");

    private PaperNumber() {}

    /** Half-width, upper-case, without white space and brackets: {@code （2021）鄂12刑终5号} as {@code 2021鄂12刑终5号}. */
    public static String normal(String stated) {
        return BRACKETS.matcher(Characters.compact(stated)).replaceAll("");
    }
}
