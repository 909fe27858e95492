package org.xietong.crypto;

import org.greenbytes.http.sfv.Dictionary;
import org.greenbytes.http.sfv.Parser;
import org.xietong.crypto.MalformedSignatureException.Fault;

/**
 * Reads a dictionary (RFC 8941 §3.2) that stands in its canonical spelling (§4.1), but for optional whitespace around
 * the commas between members, which intermediaries change when they join field lines. One value, one spelling: so a
 * repeated key, which a plain parser silently overwrites, is refused, and what is verified is what was presented.
 */
final class CanonicalDictionary {
    static final int MAX_LENGTH = 8 * 1024;

    private CanonicalDictionary() {}

    static Dictionary parse(String field) throws MalformedSignatureException {
        if (field.length() > MAX_LENGTH) {
            throw new MalformedSignatureException(Fault.TOO_LONG);
        }
        Dictionary dictionary = read(field);
        String canonical = dictionary.serialize();
        if (!canonical.equals(field) && !canonical.equals(withUniformCommas(field))) {
            throw new MalformedSignatureException(Fault.NOT_CANONICAL);
        }
        return dictionary;
    }

    private static Dictionary read(String field) throws MalformedSignatureException {
        try {
            return Parser.parseDictionary(field);
        } catch (RuntimeException syntax) {
            // ParseException by contract; whatever else a parser of hostile text may throw is a refusal too.
            throw new MalformedSignatureException(Fault.SYNTAX);
        }
    }

    /** Spells every comma outside a quoted string as {@code ", "}. The field is known to parse. */
    private static String withUniformCommas(String field) {
        StringBuilder out = new StringBuilder(field.length() + 8);
        boolean quoted = false;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (quoted && c == '\\') {
                out.append(c).append(field.charAt(++i));
                continue;
            }
            if (c == '"') {
                quoted = !quoted;
            }
            if (c != ',' || quoted) {
                out.append(c);
                continue;
            }
            stripEnd(out);
            out.append(", ");
            while (i + 1 < field.length() && isOws(field.charAt(i + 1))) {
                i++;
            }
        }
        stripEnd(out);
        return out.toString();
    }

    private static void stripEnd(StringBuilder out) {
        int end = out.length();
        while (end > 0 && isOws(out.charAt(end - 1))) {
            end--;
        }
        out.setLength(end);
    }

    private static boolean isOws(char c) {
        return c == ' ' || c == '\t';
    }
}
