package org.xietong.label;

import java.text.Normalizer;
import java.util.Map;

/**
 * Text as a reader sees it, for comparison only: no invisible characters, one width, simplified characters, no gaps between
 * Han characters. Linear in the length of the text: combining marks are dropped before NFKC, whose reordering of long runs of
 * them is not.
 */
final class PlainText {
    private final Map<Integer, Integer> simplified;

    /** @param simplified traditional and variant characters to their simplified ones */
    PlainText(Map<Integer, Integer> simplified) {
        this.simplified = Map.copyOf(simplified);
    }

    String of(String text) {
        return withoutGaps(Normalizer.normalize(visible(text), Normalizer.Form.NFKC));
    }

    private static String visible(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(c -> !invisible(c)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private String withoutGaps(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int before = -1;
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                gap = true;
            } else if (!invisible(c)) {
                c = simplified.getOrDefault(c, c);
                if (gap && !(isHan(before) && isHan(c))) {
                    plain.append(' ');
                }
                gap = false;
                plain.appendCodePoint(c);
                before = c;
            }
        }
        return plain.toString();
    }

    private static boolean isHan(int c) {
        return c >= 0 && Character.isIdeographic(c);
    }

    private static boolean invisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            case Character.CONTROL -> !Character.isWhitespace(c);
            // Hangul fillers and the empty Braille pattern: letters and symbols without ink.
            default -> c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800;
        };
    }
}
