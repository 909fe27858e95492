package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JcsTest {

    @Test
    void sampleOfRfc8785() {
        String sample = """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """;
        assertEquals(
                "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
                canonical(sample));
    }

    @Test
    void sortsAsRfc8785Does() {
        String sample = """
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                 "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                 "\\u00f6": "Latin Small Letter O With Diaeresis"}
                """;
        assertEquals(
                "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
                canonical(sample));
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void numbersOfAppendixB(String bits, String expected) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertEquals(expected, new String(Jcs.canonical(DoubleNode.valueOf(value)), StandardCharsets.UTF_8));
    }

    @Property
    void agreesWithTheReferenceImplementation(@ForAll @Size(max = 8) Map<String, String> map, @ForAll double number)
            throws Exception {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        map.forEach((key, value) -> {
            if (isWellFormed(key) && isWellFormed(value)) {
                object.put(key, value);
            }
        });
        object.put("number", number);
        String json = new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(object);
        assertArrayEquals(new JsonCanonicalizer(json).getEncodedUTF8(), Jcs.canonical(object));
    }

    @Property
    void canonicalTextIsItsOwnCanonicalForm(@ForAll double number) {
        String once = canonical("[" + number + "]");
        assertEquals(once, canonical(once));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} x",
                "\"\\ud800\"",
                "[1e400]",
                "[9007199254740993]",
                "[NaN]",
                "",
                "{",
                "[01]",
            })
    void refuses(String json) {
        assertThrows(IllegalArgumentException.class, () -> Jcs.canonical(json));
    }

    @Test
    void keepsRareCharactersWhole() {
        assertEquals("\"\ud840\udc0b某\"", canonical("\"\\ud840\\udc0b某\""));
    }

    private static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_16.newEncoder().canEncode(text);
    }

    private static String canonical(String json) {
        return new String(Jcs.canonical(json), StandardCharsets.UTF_8);
    }
}
