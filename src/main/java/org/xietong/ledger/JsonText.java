package org.xietong.ledger;

/** A JSON string as RFC 8785, 3.2.2.2 writes it: the shortest escapes, everything else as it is. */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** @throws IllegalArgumentException on a lone surrogate, which has no UTF-8 form */
    static void append(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new IllegalArgumentException("lone surrogate");
                }
                json.append(c).append(text.charAt(++i));
            } else {
                append(json, c);
            }
        }
        json.append('"');
    }

    private static void append(StringBuilder json, char c) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\b' -> json.append("\\b");
            case '\t' -> json.append("\\t");
            case '\n' -> json.append("\\n");
            case '\f' -> json.append("\\f");
            case '\r' -> json.append("\\r");
            default -> {
                if (c < 0x20) {
                    json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
                } else {
                    json.append(c);
                }
            }
        }
    }
}
