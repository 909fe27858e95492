package org.xietong.identifier;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.xietong.identifier.Reading.Faulty;
import org.xietong.identifier.Reading.Parsed;
import org.xietong.identifier.Reading.Rule;

/**
 * Resident number 公民身份号码, GB 11643-1999: six digits of division, eight of birth, three of order, one check character
 * (ISO 7064 MOD 11-2). The 15-digit form before it cannot be checked and is only ever kept as stated.
 */
final class ResidentNumber {
    private static final Pattern SHAPE = Pattern.compile("[1-9]\\d{16}[0-9X]");
    private static final Pattern LEGACY = Pattern.compile("[1-9]\\d{14}");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1850, 1, 1);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private ResidentNumber() {}

    static Reading parse(String stated) {
        String number = Characters.compact(stated);
        if (LEGACY.matcher(number).matches()) {
            return new Faulty(Rule.LEGACY_NUMBER);
        }
        if (!SHAPE.matcher(number).matches()) {
            return new Faulty(Rule.FORMAT);
        }
        if (!isBirth(number.substring(6, 14))) {
            return new Faulty(Rule.DATE);
        }
        return number.charAt(17) == check(number) ? new Parsed(number) : new Faulty(Rule.CHECK_DIGIT);
    }

    private static boolean isBirth(String digits) {
        try {
            LocalDate birth = LocalDate.of(
                    Integer.parseInt(digits.substring(0, 4)),
                    Integer.parseInt(digits.substring(4, 6)),
                    Integer.parseInt(digits.substring(6)));
            return !birth.isBefore(EARLIEST_BIRTH) && !birth.isAfter(LocalDate.now(ZONE));
        } catch (DateTimeException notADate) {
            return false;
        }
    }

    private static char check(String number) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECKS.charAt(sum % 11);
    }
}
