package org.xietong.exchange;

/**
 * Texts in tables that office programs open. What begins like a formula there ({@code = + - @}, full-width ones too, also behind blanks
 * and invisible characters) or with a control character gets an apostrophe in front, by which it is a text; nothing else is changed,
 * but for what no cell can hold.
 */
final class SafeCell {
    /** What a cell of a spreadsheet can hold. */
    static final int LONGEST = 32_767;

    private static final String BEGINNINGS = "=+-@＝＋－＠﹢﹣﹦﹫⁺⁻⁼−";
    private static final char APOSTROPHE = '\'';
    private static final String REPLACEMENT = "\uFFFD";

    private SafeCell() {}

    static String of(String text) {
        String storable = storable(text);
        String safe = isDangerous(storable) ? APOSTROPHE + storable : storable;
        return safe.length() <= LONGEST ? safe : cut(safe);
    }

    private static boolean isDangerous(String text) {
        if (!text.isEmpty() && Character.isISOControl(text.charAt(0))) {
            return true;
        }
        return text.codePoints()
                .dropWhile(SafeCell::isPassedOver)
                .limit(1)
                .anyMatch(first -> BEGINNINGS.indexOf(first) >= 0);
    }

    private static boolean isPassedOver(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    /** XML 1.0 has no sign for most control characters and for halves of pairs; the same stands in both formats. */
    private static String storable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isStorable(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(REPLACEMENT);
            }
        });
        return out.toString();
    }

    private static boolean isStorable(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c < 0xD800)
                || (c >= 0xE000 && c < 0xFFFE)
                || c > 0xFFFF;
    }

    private static String cut(String text) {
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end);
    }
}
