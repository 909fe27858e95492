package org.xietong.identifier;

import org.xietong.identifier.Reading.Faulty;
import org.xietong.identifier.Reading.Parsed;
import org.xietong.identifier.Reading.Rule;

/** Unified social credit code 统一社会信用代码, GB 32100-2015: 18 characters, the last one a check character mod 31. */
final class CreditCode {
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int LENGTH = 18;

    private CreditCode() {}

    static Reading parse(String stated) {
        String code = Characters.compact(stated);
        if (code.length() != LENGTH || !code.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
            return new Faulty(Rule.FORMAT);
        }
        if (!code.substring(2, 8).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return new Faulty(Rule.DIVISION);
        }
        return code.charAt(LENGTH - 1) == check(code) ? new Parsed(code) : new Faulty(Rule.CHECK_DIGIT);
    }

    /** Weights 3^i mod 31 over the first 17 characters; check = (31 − Σ mod 31) mod 31. */
    private static char check(String code) {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += ALPHABET.indexOf(code.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        return ALPHABET.charAt((31 - sum % 31) % 31);
    }
}
