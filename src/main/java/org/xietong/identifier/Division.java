package org.xietong.identifier;

import java.util.Set;
import java.util.regex.Pattern;
import org.xietong.identifier.Reading.Faulty;
import org.xietong.identifier.Reading.Parsed;
import org.xietong.identifier.Reading.Rule;

/**
 * Administrative division, GB/T 2260: six digits, the first two of which name a province-level division. The divisions of
 * Xianning stand in the code list {@code divisions}; others are checked by their form only, since the standard's table changes
 * by the year.
 */
final class Division {
    private static final Pattern SHAPE = Pattern.compile("\\d{6}");
    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82");
    private static final String XIANNING = "4212";

    private Division() {}

    static Reading parse(String stated) {
        String code = Characters.compact(stated);
        if (!SHAPE.matcher(code).matches()) {
            return new Faulty(Rule.FORMAT);
        }
        boolean known = code.startsWith(XIANNING)
                ? CodeLists.standard().contains("divisions", code)
                : PROVINCES.contains(code.substring(0, 2));
        return known ? new Parsed(code) : new Faulty(Rule.DIVISION);
    }
}
