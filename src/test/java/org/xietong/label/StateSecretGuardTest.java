package org.xietong.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.identifier.Verified;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** I7. Every mark in this class is made up. */
class StateSecretGuardTest {
    private static final StateSecretGuard GUARD = StateSecretGuard.load();
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            机密★                     | SECRECY_MARK
            绝密★启用前               | SECRECY_MARK
            （秘密★10年）             | SECRECY_MARK
            关于某案的报告 机密 ☆ 五年 | SECRECY_MARK
            秘密*1年                  | SECRECY_MARK
            机密＊                    | SECRECY_MARK
            機密★                     | SECRECY_MARK
            絕密★                     | SECRECY_MARK
            祕密★                     | SECRECY_MARK
            机 密 ★                   | SECRECY_MARK
            机　密　★                 | SECRECY_MARK
            国家秘密★20年             | SECRECY_MARK
            密级：机密                | SECRECY_LEVEL
            密级: 绝密                | SECRECY_LEVEL
            密 级 ： 秘 密            | SECRECY_LEVEL
            密級：機密                | SECRECY_LEVEL
            密级（机密）              | SECRECY_LEVEL
            密级为秘密                | SECRECY_LEVEL
            STATE_SECRET_TOP          | STATE_SECRET_CODE
            STATE_SECRET              | STATE_SECRET_CODE
            sTaTe-seCret              | STATE_SECRET_CODE
            ＳＴＡＴＥ＿ＳＥＣＲＥＴ＿１ | STATE_SECRET_CODE
            附技侦材料三份            | TECHNICAL_INVESTIGATION
            技术侦查措施收集的证据     | TECHNICAL_INVESTIGATION
            采取技术侦查措施决定书     | TECHNICAL_INVESTIGATION
            【技侦】                  | TECHNICAL_INVESTIGATION
            合议庭评议笔录            | COLLEGIAL_NOTES
            合议笔录                  | COLLEGIAL_NOTES
            合議筆錄                  | COLLEGIAL_NOTES
            评议笔录（副卷）          | COLLEGIAL_NOTES
            审委会讨论记录            | COLLEGIAL_NOTES
            卧底人员身份              | UNDERCOVER_IDENTITY
            卧底：某某                | UNDERCOVER_IDENTITY
            特情编号07                | UNDERCOVER_IDENTITY
            （特情）                  | UNDERCOVER_IDENTITY
            """)
    void refusesWhatBearsAMark(String text, String rule) {
        assertEquals(Optional.of(rule), GUARD.inspect(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "涉嫌侵犯商业秘密罪",
                "商业秘密",
                "商业秘密*",
                "侵犯商業秘密",
                "工作秘密",
                "本案不涉及国家秘密",
                "不涉及国家秘密*",
                "国家秘密",
                "保密",
                "保密局★",
                "机密",
                "秘密",
                "请注意保密！",
                "密级：工作秘密",
                "密级：无",
                "密级：内部",
                "密级：商业秘密",
                "★★★★★",
                "未使用技术侦查材料",
                "未采取技术侦查措施",
                "合议庭由三人组成",
                "专家评议意见",
                "电影《卧底》的盗版光盘",
                "打假卧底调查",
                "耳目一新",
                "技术侦查：无",
                "https://example.org/secret",
                "",
            })
    void letsOrdinaryTextPass(String text) {
        assertEquals(Optional.empty(), GUARD.inspect(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"b\":[1,{\"c\":\"机密★\"}]}}",
                "{\"机密★\":1}",
                "{\"密级\":\"机密\"}",
                "{\"密级\":[\"机密\"]}",
                "{\"label\":{\"level\":\"绝密\"}}",
                "{\"label\":{\"level\":\"秘密★\"}}",
                "{\"level\":\"机密级\"}",
                "{\"label\":{\"level\":\"STATE_SECRET_SECRET\"}}",
                "{\"LEVEL\":\"秘密\"}",
                "{\"特情\":\"某某\"}",
                "[[[\"\\u673a\\u200b\\u5bc6\\u2605\"]]]",
                "\"机密★\"",
            })
    void findsAMarkAnywhereInATree(String json) throws Exception {
        assertTrue(GUARD.inspect(JSON.readTree(json)).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"label\":{\"level\":\"WORK_SECRET\",\"basis\":{\"code\":\"WORK_SECRET\"}},\"noStateSecret\":true}",
                "{\"title\":\"秘密\"}",
                "{\"goods\":[\"机密\",\"★\"],\"count\":3,\"none\":null}",
                "{\"rightType\":\"TRADE_SECRET\",\"text\":\"商业秘密\"}",
            })
    void letsAnOrdinaryTreePass(String json) throws Exception {
        assertEquals(Optional.empty(), GUARD.inspect(JSON.readTree(json)));
    }

    @Test
    void tellsTheRuleAndNothingElse() {
        ObjectNode body = JSON.createObjectNode().put("facts", "机密★甲乙丙");
        ProblemException refused = assertThrows(ProblemException.class, () -> GUARD.refuse(body));
        assertEquals(ProblemType.STATE_SECRET_REFUSED, refused.type());
        assertEquals("SECRECY_MARK", refused.faults().getFirst().rule());
        assertEquals("", refused.faults().getFirst().field());
    }

    /** What a person still reads as the mark is found: invisible characters, gaps, widths and variants hide nothing. */
    @Property(tries = 300)
    void findsADisguisedMark(
            @ForAll("marks") String mark, @ForAll("noise") String noise, @ForAll long seed, @ForAll String around) {
        Random random = new Random(seed);
        StringBuilder disguised = new StringBuilder("文号甲\n");
        mark.codePoints().forEach(c -> {
            disguised.appendCodePoint(c);
            if (random.nextBoolean()) {
                disguised.append(noise);
            }
        });
        String clean = around.replaceAll("\\p{IsHan}", "");
        assertTrue(GUARD.inspect(clean + disguised + "\n" + clean).isPresent(), disguised::toString);
    }

    @Provide
    Arbitrary<String> marks() {
        return Arbitraries.of("机密★", "絕密★", "祕密☆", "密级：机密", "密級：絕密", "合议笔录", "技侦材料", "特情编号");
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.of(
                "\u200b",
                "\u200d",
                "\ufeff",
                "\u00ad",
                "\u2060",
                "\ufe0f",
                "\u0301",
                "\u0007",
                " ",
                "\u3000",
                "\n",
                "\t",
                "\u00a0",
                "\u3164",
                "\udb40\udd00",
                "\u202e",
                "\u180b");
    }

    static Stream<String> adversaries() {
        int million = 1_000_000;
        return Stream.of(
                "机密" + " ".repeat(million),
                "机密 ".repeat(million / 3),
                "密级".repeat(million / 2),
                "密级" + ":".repeat(million),
                "\u0301\u0316".repeat(million / 2),
                "e" + "\u0301\u0316".repeat(million / 2),
                "\ufdfa".repeat(million / 3),
                "技术侦查措施所收集的".repeat(million / 10),
                "[" + "卧底".repeat(million / 2),
                "STATE_SECRET".repeat(million / 12),
                "合议庭评议".repeat(million / 5),
                "\ud83c".repeat(million));
    }

    @ParameterizedTest
    @MethodSource("adversaries")
    void isLinearInTheText(String text) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertFalse(GUARD.inspect(TextNode.valueOf(text)).isPresent()));
    }

    @Test
    void walksADeepTree() throws Exception {
        JsonNode tree = TextNode.valueOf("机密★");
        for (int i = 0; i < 100_000; i++) {
            tree = JSON.createArrayNode().add(tree);
        }
        assertEquals(Optional.of("SECRECY_MARK"), GUARD.inspect(tree));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a*)b", "a+", "a{2,}", "(a)\\1", "(?<x>a)\\k<x>"})
    void refusesAPatternWithoutBound(String pattern) {
        assertThrows(IllegalStateException.class, () -> SecretMark.compile(source(pattern)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{2,3}", "[*+]", "\\*", "a?"})
    void takesABoundedPattern(String pattern) {
        assertEquals("X", SecretMark.compile(source(pattern)).id());
    }

    private static SecretMark.Source source(String pattern) {
        return new SecretMark.Source(
                "X", "x", "text", List.of("a"), List.of(pattern), new LegalBasis("l", "a", "t", Verified.NONE));
    }
}
