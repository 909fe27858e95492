package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.identifier.CodeLists;
import org.xietong.problem.ProblemType;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;

/** What a caller reads when refused: a title in his language, which field, which rule, and nothing of what he sent. */
@QuarkusTest
@WithTestResource(CityResource.class)
class ProblemAnswersTest {
    private static final String SENT = "泄露探针PROBE7";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A body that breaks one rule, where that shows, and by which rule. */
    record Broken(String change, String into, ProblemType type, String field, String rule) {}

    static List<Broken> broken() {
        return List.of(
                content("\"rightType\": \"TRADEMARK\"", "\"rightType\": \"%s\"", "/content/rightType", "UNKNOWN_CODE"),
                content("\"trigger\": \"SUSPICION\"", "\"trigger\": \"%s\"", "/content/trigger", "UNKNOWN_CODE"),
                content("\"source\": \"INSPECTION\"", "\"source\": \"%s\"", "/content/source", "UNKNOWN_CODE"),
                content("\"CL_214\"", "\"%s\"", "/content/suspectedArticle", "UNKNOWN_CODE"),
                content("\"unit\": \"CASE\"", "\"unit\": \"%s\"", "/content/goods/0/unit", "UNKNOWN_CODE"),
                content("\"basis\": \"ESTIMATE\"", "\"basis\": \"%s\"", "/content/amounts/0/basis", "UNKNOWN_CODE"),
                content("\"NATURAL_PERSON\"", "\"%s\"", "/content/participants/0/type", "UNKNOWN_CODE"),
                content(
                        "[\"SUSPECT\"], \"name\": \"张",
                        "[\"%s\"], \"name\": \"张",
                        "/content/participants/0/roles/0",
                        "UNKNOWN_CODE"),
                content("\"RESIDENT_NUMBER\"", "\"%s\"", "/content/participants/0/identifiers/0/type", "UNKNOWN_CODE"),
                content(
                        "\"DOCUMENT_SEEN\"",
                        "\"%s\"",
                        "/content/participants/0/identifiers/0/verification",
                        "UNKNOWN_CODE"),
                content(
                        "11010519491231002X",
                        "110105194912310021",
                        "/content/participants/0/identifiers/0/value",
                        "CHECK_DIGIT"),
                content("\"precision\": \"DAY\"", "\"precision\": \"%s\"", "/occurred/precision", "UNKNOWN_CODE"),
                content("\"place\": \"421200\"", "\"place\": \"%s\"", "/content/place", "FORMAT"),
                content("\"foundOn\": \"2023-01-03\"", "\"foundOn\": \"%s\"", "/content/foundOn", "FORMAT"),
                content("\"quantity\": \"158\"", "\"quantity\": \"%s\"", "/content/goods/0/quantity", "FORMAT"),
                content("\"anonymous\": false", "\"anonymous\": \"%s\"", "/content/informant/anonymous", "TYPE"),
                content("\"title\": \"", "\"title\": [\"%s\"], \"x\": \"", "", ""),
                new Broken(
                        "\"content\": {",
                        "\"owner\": \"%s\", \"content\": {",
                        ProblemType.UNKNOWN_FIELD,
                        "/owner",
                        "UNKNOWN_FIELD"),
                new Broken(
                        "\"noStateSecret\": true",
                        "\"noStateSecret\": false",
                        ProblemType.DECLARATION_REQUIRED,
                        "/noStateSecret",
                        "MUST_BE_TRUE"),
                new Broken(
                        "\"content\": {",
                        "\"label\": {\"level\": \"WORK_SECRET\", \"basis\": {\"code\": \"%s\"}}, \"content\": {",
                        ProblemType.LABEL_INVALID,
                        "/label/basis/code",
                        "UNKNOWN_CODE"));
    }

    private static Broken content(String change, String into, String field, String rule) {
        return new Broken(change, into, ProblemType.INVALID_CONTENT, field, rule);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void tellsFieldAndRuleInBothLanguagesWithoutTheValue(Broken broken) throws IOException {
        String draft = Drafts.clue("").replace(broken.change(), broken.into().formatted(SENT));
        assertFalse(draft.equals(Drafts.clue("")), "the case breaks nothing");
        for (String language : List.of("zh-CN", "en")) {
            SignedAnswer answer =
                    create(draft).header("Accept-Language", language).send();
            assertEquals(broken.type().status(), answer.status(), text(answer));
            JsonNode problem = JSON.readTree(answer.body());
            if (!broken.field().isEmpty()) {
                assertEquals(broken.type().name(), problem.path("code").asText(), text(answer));
                assertTrue(
                        problem.path("faults")
                                .valueStream()
                                .anyMatch(fault -> fault.path("field").asText().equals(broken.field())
                                        && fault.path("rule").asText().equals(broken.rule())),
                        text(answer));
            }
            assertEquals(title(problem, language), problem.path("title").asText());
            assertFalse(text(answer).contains("PROBE7") || text(answer).contains("110105194912310021"), text(answer));
            problem.path("faults")
                    .forEach(fault -> assertTrue(
                            CodeLists.standard()
                                    .contains("rules", fault.path("rule").asText()),
                            text(answer)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 未找到",
        "zh, 未找到",
        "en, Not found",
        "'en-GB,en;q=0.9', Not found",
        "'zh-CN,zh;q=0.9,en;q=0.8', 未找到",
        "fr, 未找到"
    })
    void theTitleIsInTheCallersLanguageAndElseChinese(String language, String title) throws IOException {
        Call call = City.current().call(City.MSA, "GET", "/v1/clues/00000000-0000-7000-8000-000000000000");
        SignedAnswer answer = (language.isEmpty() ? call : call.header("Accept-Language", language)).send();
        assertEquals(title, JSON.readTree(answer.body()).path("title").asText());
    }

    private static String title(JsonNode problem, String language) {
        ProblemType type = ProblemType.valueOf(problem.path("code").asText());
        return language.equals("en") ? type.en() : type.zh();
    }

    private static Call create(String draft) {
        return City.current()
                .call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(draft));
    }

    private static String text(SignedAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
