package org.xietong.policy;

import java.util.Set;
import org.xietong.label.StrictYaml;

/**
 * Masks the name of a natural person as published judgments do (法释〔2016〕19号 art. 9): the surname and 某; of a minority or
 * foreign name written in Chinese its first character and 某; of one in Latin letters its first letter. Counts code points: a
 * rare character beyond the BMP is one character. Compound surnames 复姓 stand in {@code law/compound-surnames.yaml}.
 */
public final class NameMask {
    private static final String HIDDEN = "某";
    /** What separates the parts of a minority or foreign name; people type all of these. */
    private static final String DOTS = "·•‧・･∙⋅．.";

    private final Set<String> compound;

    private NameMask(Set<String> compound) {
        this.compound = compound;
    }

    /** With the data that ships with the product; data that cannot be used stops the start. */
    public static NameMask load() {
        return new NameMask(Set.copyOf(
                StrictYaml.read("law/compound-surnames.yaml", Surnames.class).surnames()));
    }

    /** The masked name; 某某 for a name that is blank. */
    public String mask(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty()) {
            return HIDDEN + HIDDEN;
        }
        String first = head(stripped, 1);
        if (Character.UnicodeScript.of(first.codePointAt(0)) == Character.UnicodeScript.LATIN) {
            return first;
        }
        return surname(stripped, first) + HIDDEN;
    }

    private String surname(String name, String first) {
        int length = name.codePointCount(0, name.length());
        boolean dotted = name.codePoints().anyMatch(c -> DOTS.indexOf(c) >= 0);
        if (dotted || length < 3) {
            return first;
        }
        String two = head(name, 2);
        return compound.contains(two) ? two : first;
    }

    private static String head(String name, int codePoints) {
        return name.substring(0, name.offsetByCodePoints(0, codePoints));
    }

    private record Surnames(String basis, Set<String> surnames) {}
}
