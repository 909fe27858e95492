package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.xietong.problem.ProblemType.BODY_TOO_DEEP;
import static org.xietong.problem.ProblemType.BODY_TOO_LARGE;
import static org.xietong.problem.ProblemType.INVALID_CONTENT;
import static org.xietong.problem.ProblemType.MALFORMED;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

class StrictJsonTest {
    private final StrictJson json = new StrictJson(16, 100_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1}{}",
                "{\"a\":1} x",
                "{'a':1}",
                "{a:1}",
                "[1,]",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "// c\n{}",
                "\uFEFF{}",
                "{\"a\":\"\t\"}",
                "nul",
                "{\"a\":123456789012345678901234567890}"
            })
    void refusesWhatIsNotStrictJson(String body) {
        refuses(MALFORMED, utf8(body));
    }

    @Test
    void refusesOtherEncodings() {
        refuses(MALFORMED, "{\"a\":1}".getBytes(StandardCharsets.UTF_16));
        refuses(MALFORMED, "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE));
        refuses(MALFORMED, new byte[] {'"', (byte) 0xC3, '"'});
        refuses(MALFORMED, new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'});
        refuses(MALFORMED, new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'});
    }

    @Test
    void takesSixteenLevelsAndNotSeventeen() {
        json.parse(utf8("[".repeat(16) + "]".repeat(16)));
        refuses(BODY_TOO_DEEP, utf8("[".repeat(17) + "]".repeat(17)));
        refuses(BODY_TOO_DEEP, utf8("[".repeat(90_000)));
        refuses(BODY_TOO_DEEP, utf8("{\"a\":".repeat(17) + "1" + "}".repeat(17)));
    }

    @Test
    void refusesBigBodies() {
        refuses(BODY_TOO_LARGE, new byte[100_001]);
    }

    @Test
    void refusesNumbersThatDoNotSurviveEveryReader() {
        for (String number : List.of("1.5", "1e2", "9007199254740992", "-9007199254740992", "-9223372036854775808")) {
            refuses(INVALID_CONTENT, utf8("{\"a\":[" + number + "]}"), new FieldFault("/a/0", "NUMBER"));
        }
        json.parse(utf8("[9007199254740991,-9007199254740991,0]"));
    }

    @Test
    void refusesCharactersThatCannotBeStored() {
        for (String bad : List.of("\\u0000", "\\ud800", "\\udc00", "\\ud800a", "\\udc00\\ud800")) {
            refuses(INVALID_CONTENT, utf8("{\"a\":\"x" + bad + "\"}"), new FieldFault("/a", "CHARACTER"));
            refuses(INVALID_CONTENT, utf8("{\"a\":{\"" + bad + "\":1}}"), new FieldFault("/a", "CHARACTER"));
        }
        assertEquals(
                "\uD84D\uDFC9",
                json.parse(utf8("{\"a\":\"\\ud84d\\udfc9\"}")).get("a").textValue());
    }

    private void refuses(ProblemType type, byte[] body, FieldFault... faults) {
        ProblemException refusal = assertThrows(ProblemException.class, () -> json.parse(body));
        assertEquals(type, refusal.type());
        assertEquals(List.of(faults), refusal.faults());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
