package org.xietong.identifier;

import java.util.List;
import java.util.regex.Pattern;
import org.xietong.identifier.Reading.Parsed;

/** A number held on paper 文号、案号: found again however its brackets, widths and spaces were written. */
public final class PaperNumber {
    private static final Pattern BRACKETS = Pattern.compile("[()（）\\[\\]［］〔〕【】﹝﹞]");

    private static final List<IdentifierType> KINDS = List.of(
            IdentifierType.COURT_CASE_NUMBER,
            IdentifierType.PROCURATORATE_DOCUMENT,
            IdentifierType.POLICE_DOCUMENT,
            IdentifierType.POLICE_CASE_NUMBER,
            IdentifierType.MSA_DOCUMENT);

    private PaperNumber() {}

    /**
     * The form that is stored: the normal form of the one kind of number that it obeys, e.g. 咸市监处罚〔2021〕3号 for
     * 咸市监处罚(2021)3号; as it was stated where it obeys none.
     */
    public static String stored(String stated) {
        for (IdentifierType kind : KINDS) {
            if (kind.read(stated).orElse(null) instanceof Parsed parsed) {
                return parsed.normalised();
            }
        }
        return stated;
    }

    /** Half-width, upper-case, without white space and brackets: {@code （2021）鄂12刑终5号} as {@code 2021鄂12刑终5号}. */
    public static String normal(String stated) {
        return BRACKETS.matcher(Characters.compact(stated)).replaceAll("");
    }
}
