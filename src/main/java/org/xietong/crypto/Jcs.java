package org.xietong.crypto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.erdtman.jcs.NumberToJSON;

/**
 * The JSON Canonicalization Scheme, RFC 8785: one byte sequence for one value, so that it can be hashed and signed.
 *
 * <p>Refused with {@link IllegalArgumentException}: text that is not JSON, duplicate names, lone surrogates
 * (§3.2.2.2), numbers outside IEEE 754 binary64, and whole numbers that binary64 cannot hold. The last is stricter
 * than the RFC: a number that changes on its way into the log would be evidence of something else.
 */
public final class Jcs {
    private static final long MAX_SAFE_INTEGER = 9_007_199_254_740_991L;
    private static final String HEX = "0123456789abcdef";
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Jcs() {}

    public static byte[] canonical(String json) {
        try {
            return canonical(STRICT.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON, or a name stands twice");
        }
    }

    public static byte[] canonical(JsonNode value) {
        StringBuilder out = new StringBuilder(512);
        write(value, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(JsonNode value, StringBuilder out) {
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(value, out);
            case ARRAY -> writeArray(value, out);
            case STRING -> writeString(value.textValue(), out);
            case NUMBER -> writeNumber(value, out);
            case BOOLEAN -> out.append(value.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not a JSON value");
        }
    }

    /** §3.2.3: names sorted by their UTF-16 code units, which is the natural order of Java strings. */
    private static void writeObject(JsonNode object, StringBuilder out) {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        Collections.sort(names);
        char separator = '{';
        for (String name : names) {
            out.append(separator);
            writeString(name, out);
            out.append(':');
            write(object.get(name), out);
            separator = ',';
        }
        out.append(names.isEmpty() ? "{}" : "}");
    }

    private static void writeArray(JsonNode array, StringBuilder out) {
        char separator = '[';
        for (JsonNode element : array) {
            out.append(separator);
            write(element, out);
            separator = ',';
        }
        out.append(array.isEmpty() ? "[]" : "]");
    }

    /** §3.2.2.3. */
    private static void writeNumber(JsonNode number, StringBuilder out) {
        if (number.isIntegralNumber() && number.canConvertToLong()) {
            long value = number.longValue();
            if (value >= -MAX_SAFE_INTEGER && value <= MAX_SAFE_INTEGER) {
                out.append(value);
                return;
            }
        }
        String text = binary64(number.doubleValue());
        if (number.isIntegralNumber() && new BigDecimal(text).compareTo(number.decimalValue()) != 0) {
            throw new IllegalArgumentException("a whole number that binary64 cannot hold");
        }
        out.append(text);
    }

    private static String binary64(double value) {
        try {
            return NumberToJSON.serializeNumber(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("a number outside binary64", e);
        }
    }

    /** §3.2.2.2. */
    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                out.append(c);
            } else if (Character.isSurrogate(c)) {
                i = writePair(text, i, out);
            } else {
                writeEscape(c, out);
            }
        }
        out.append('"');
    }

    private static int writePair(String text, int high, StringBuilder out) {
        int low = high + 1;
        if (low == text.length() || !Character.isSurrogatePair(text.charAt(high), text.charAt(low))) {
            throw new IllegalArgumentException("a lone surrogate");
        }
        out.append(text.charAt(high)).append(text.charAt(low));
        return low;
    }

    private static void writeEscape(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
        }
    }
}
