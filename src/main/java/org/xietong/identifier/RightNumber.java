package org.xietong.identifier;

import java.util.regex.Pattern;
import org.xietong.identifier.Reading.Faulty;
import org.xietong.identifier.Reading.Parsed;
import org.xietong.identifier.Reading.Rule;

/** Numbers under which rights are registered: patent, trademark, copyright. */
final class RightNumber {
    private static final Pattern PATENT = Pattern.compile("ZL(19|20)\\d{2}[12389]\\d{7}\\.[0-9X]");
    private static final Pattern TRADEMARK = Pattern.compile("[1-9]\\d{0,7}[A-Z]{0,2}|G\\d{6,7}[A-Z]?");
    private static final Pattern WORK = Pattern.compile("\\p{IsHan}作登字-(19|20)\\d{2}-[A-Z]-\\d{8}");
    private static final Pattern SOFTWARE = Pattern.compile("(19|20)\\d{2}SR\\d{6,7}|软著登字第\\d{1,8}号");

    private RightNumber() {}

    /**
     * Patent number since October 2003: ZL, year, type (1 invention, 2 utility model, 3 design, 8 and 9 by PCT), seven digits,
     * point, check character mod 11 with the weights 2–9, 2–5 (ZC 0006-2003).
     */
    static Reading parsePatent(String stated) {
        String number = Characters.compact(stated);
        if (!PATENT.matcher(number).matches()) {
            return new Faulty(Rule.FORMAT);
        }
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += (number.charAt(i + 2) - '0') * (i % 8 + 2);
        }
        char check = "0123456789X".charAt(sum % 11);
        return number.charAt(15) == check ? new Parsed(number) : new Faulty(Rule.CHECK_DIGIT);
    }

    /** Trademark registration: up to eight digits, letters for divided registrations; G… for Madrid registrations. */
    static Reading parseTrademark(String stated) {
        String number = Characters.compact(stated);
        return TRADEMARK.matcher(number).matches() ? new Parsed(number) : new Faulty(Rule.FORMAT);
    }

    /** Registration of a work 作登字 or of software (2021SR0123456, 软著登字第…号). */
    static Reading parseCopyright(String stated) {
        String number = Characters.compact(stated).replaceAll("\\p{Pd}", "-");
        boolean known =
                WORK.matcher(number).matches() || SOFTWARE.matcher(number).matches();
        return known ? new Parsed(number) : new Faulty(Rule.FORMAT);
    }
}
