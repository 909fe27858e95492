package org.xietong.identifier;

import java.util.Locale;

/** Normal forms of single characters, so that one number or name written in two ways is found as one. */
public final class Characters {
    private static final int FULL_WIDTH_FIRST = 0xFF01;
    private static final int FULL_WIDTH_LAST = 0xFF5E;
    private static final int FULL_WIDTH_SHIFT = 0xFEE0;

    private Characters() {}

    /** Half-width, upper-case, without any white space: the form in which numbers are checked. */
    public static String compact(String stated) {
        StringBuilder out = new StringBuilder(stated.length());
        stated.codePoints().filter(c -> !isSpace(c)).map(Characters::halfWidth).forEach(out::appendCodePoint);
        return out.toString().toUpperCase(Locale.ROOT);
    }

    /**
     * The key under which a name is searched: half-width, upper-case, no white space, and every variant of the middle dot in
     * transliterated and minority names (· • ‧ ・ ･ ⋅ ∙ ·) as U+00B7. Works by code point: characters beyond the BMP stay whole.
     * The name itself is stored as it was given.
     */
    public static String searchKey(String name) {
        StringBuilder out = new StringBuilder(name.length());
        compact(name).codePoints().map(c -> isMiddleDot(c) ? 0x00B7 : c).forEach(out::appendCodePoint);
        return out.toString();
    }

    /** Whether the character separates the parts of a name, e.g. 买买提·吐尔逊. */
    public static boolean isMiddleDot(int codePoint) {
        return switch (codePoint) {
            case 0x00B7, 0x0387, 0x16EB, 0x2022, 0x2024, 0x2027, 0x2219, 0x22C5, 0x2E31, 0x2E33, 0x30FB, 0xFF65 -> true;
            default -> false;
        };
    }

    /** Every kind of bracket in use around a year, as the pair given: {@code normaliseBrackets("(2023)", '（', '）')}. */
    static String normaliseBrackets(String compact, char open, char close) {
        StringBuilder out = new StringBuilder(compact.length());
        for (int i = 0; i < compact.length(); i++) {
            out.append(
                    switch (compact.charAt(i)) {
                        case '(', '（', '[', '［', '〔', '【', '﹝' -> open;
                        case ')', '）', ']', '］', '〕', '】', '﹞' -> close;
                        default -> compact.charAt(i);
                    });
        }
        return out.toString();
    }

    private static int halfWidth(int c) {
        return c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST ? c - FULL_WIDTH_SHIFT : c;
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x200B || c == 0xFEFF;
    }
}
