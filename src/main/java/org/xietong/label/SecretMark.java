package org.xietong.label;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One rule of {@code law/state-secret-marks.yaml}: what it looks at, and the patterns that make it fire. Patterns may hold
 * bounded quantifiers only; then each start position costs a bounded number of steps, and a search is linear in the text.
 *
 * @param words of which every match holds at least one; text without them is not searched;
 *     none = every text is
 */
record SecretMark(String id, Part part, List<String> words, List<Pattern> patterns) {

    /** What a pattern is held against. */
    enum Part {
        /** Every key, every string, and every {@code key:value} of a scalar. */
        TEXT,
        /** A {@code key:value} of a scalar only. */
        ENTRY,
        /** A whole string value. */
        VALUE
    }

    /** The rule as it stands in the file. */
    record Source(String id, String zh, String part, List<String> words, List<String> patterns, LegalBasis basis) {}

    static SecretMark compile(Source source) {
        if (source.id() == null || source.basis() == null || source.words() == null || source.patterns() == null) {
            throw new IllegalStateException("state-secret mark " + source.id() + " is not complete");
        }
        List<Pattern> compiled =
                source.patterns().stream().map(p -> compile(source.id(), p)).toList();
        return new SecretMark(
                source.id(),
                Part.valueOf(source.part().toUpperCase(Locale.ROOT)),
                List.copyOf(source.words()),
                compiled);
    }

    boolean fires(String plain) {
        return (words.isEmpty() || words.stream().anyMatch(plain::contains))
                && patterns.stream().anyMatch(p -> p.matcher(plain).find());
    }

    private static Pattern compile(String id, String pattern) {
        if (isUnbounded(pattern)) {
            throw new IllegalStateException("state-secret mark " + id + ": a pattern has no bound");
        }
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    }

    /** Whether a {@code *}, {@code +}, <code>{n,}</code> or back-reference stands outside a character class. */
    private static boolean isUnbounded(String pattern) {
        boolean inClass = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
                if (i < pattern.length() && (Character.isDigit(pattern.charAt(i)) || pattern.charAt(i) == 'k')) {
                    return true;
                }
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if (c == '*' || c == '+') {
                return true;
            } else if (c == ',' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '}') {
                return true;
            }
        }
        return false;
    }
}
