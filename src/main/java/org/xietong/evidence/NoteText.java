package org.xietong.evidence;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.xietong.evidence.MalformedEvidenceException.Fault;

/** What signed notes and proofs are written with: UTF-8 lines, decimals and base64, each in one form only. */
final class NoteText {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");

    private NoteText() {}

    /** Valid UTF-8 without control characters below U+0020 but the newline (c2sp.org/signed-note, "Format"). */
    static String decode(byte[] bytes, int most) throws MalformedEvidenceException {
        if (bytes.length > most) {
            throw new MalformedEvidenceException(Fault.TOO_LONG);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (hasControls(text)) {
                throw new MalformedEvidenceException(Fault.TEXT);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new MalformedEvidenceException(Fault.TEXT);
        }
    }

    static byte[] encode(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether {@link #decode} would read it from its own bytes. */
    static boolean isText(String text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return !hasControls(text);
        } catch (CharacterCodingException loneSurrogate) {
            return false;
        }
    }

    /** One line that is not empty. */
    static boolean isLine(String text) {
        return !text.isEmpty() && text.indexOf('\n') < 0 && isText(text);
    }

    /** A key's name: not empty, without Unicode spaces and plus signs. */
    static boolean isName(String name) {
        return isLine(name) && name.codePoints().noneMatch(point -> point == '+' || isSpace(point));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** With padding, and without stray bits or characters. */
    static byte[] base64(String text) throws MalformedEvidenceException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (base64(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // falls through to the one refusal
        }
        throw new MalformedEvidenceException(Fault.BASE64);
    }

    static byte[] hash(String base64) throws MalformedEvidenceException {
        byte[] bytes = base64(base64);
        if (bytes.length != TreeHash.SIZE) {
            throw new MalformedEvidenceException(Fault.LENGTH);
        }
        return bytes;
    }

    /** From 0 to 2^63 − 1, without leading zeros. */
    static long decimal(String text) throws MalformedEvidenceException {
        try {
            if (DECIMAL.matcher(text).matches()) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException tooLarge) {
            // falls through to the one refusal
        }
        throw new MalformedEvidenceException(Fault.NUMBER);
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(character -> character < ' ' && character != '\n');
    }

    /** Unicode's White_Space. */
    private static boolean isSpace(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point) || point == 0x85;
    }
}
