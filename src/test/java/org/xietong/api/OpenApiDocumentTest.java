package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.identifier.CodeEntry;
import org.xietong.identifier.CodeLists;
import org.xietong.policy.View;
import org.xietong.testing.OpenApiContract;

/** What the document owes its readers. {@link OpenApiDriftTest} holds that it is the code's. */
class OpenApiDocumentTest {
    private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");
    private static JsonNode document;

    @BeforeAll
    static void read() throws Exception {
        document = new YAMLMapper().readTree(Files.readString(OpenApiContract.COMMITTED));
    }

    @Test
    void everyPropertyHasAChineseName() {
        List<String> nameless = new ArrayList<>();
        eachProperty((at, property) -> {
            if (!isChinese(property.path("x-zh-name").asText())) {
                nameless.add(at);
            }
        });
        assertEquals(List.of(), nameless);
    }

    /** The field dictionary: Chinese name, English text, and of a content's fields the least view and the caveats. */
    @Test
    void everyPropertyIsDescribedInEnglish() {
        List<String> silent = new ArrayList<>();
        eachProperty((at, property) -> {
            if (!property.path("description").asText().matches("(?s).*[A-Za-z]{3}.*")) {
                silent.add(at);
            }
        });
        assertEquals(List.of(), silent);
    }

    /** A text that no field bears has outlived it. */
    @Test
    void everyTextOfTheDictionaryBelongsToAField() throws Exception {
        Set<String> described = new TreeSet<>();
        eachProperty((at, property) -> {
            String field = at.substring(at.lastIndexOf('.') + 1);
            described.add(field + ": " + property.path("description").asText());
        });
        List<String> idle = new ArrayList<>();
        new YAMLMapper()
                .readTree(Files.readString(Path.of("src/main/resources/law/fields.yaml")))
                .properties()
                .forEach(text -> {
                    String field = text.getKey().substring(text.getKey().lastIndexOf('.') + 1);
                    if (!described.contains(field + ": " + text.getValue().asText())) {
                        idle.add(text.getKey());
                    }
                });
        assertEquals(List.of(), idle);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Clue",
                "Penalty",
                "Filing",
                "Investigation",
                "Arrest",
                "Prosecution",
                "Judgment",
                "Enforcement",
                "Supervision",
                "Request"
            })
    void everyFieldOfAContentSaysWhoSeesIt(String kind) {
        for (String schema : List.of(kind, kind + "View")) {
            JsonNode properties = document.at("/components/schemas/" + schema + "/properties");
            assertFalse(properties.isEmpty(), schema);
            properties
                    .properties()
                    .forEach(property -> View.valueOf(
                            property.getValue().path("x-least-view").asText()));
            JsonNode participants = properties.path("participants");
            assertEquals("FULL", participants.path("x-least-view").asText());
            assertEquals("[\"PI\"]", participants.path("x-caveats").toString());
        }
    }

    @Test
    void anInformantIsMarkedAsOne() {
        assertEquals(
                "[\"INFORMANT\"]",
                document.at("/components/schemas/Clue/properties/informant/x-caveats")
                        .toString());
    }

    /** Whatever value a content may only choose is named in both languages under /v1/codes. */
    @Test
    void everyEnumerationOfADraftHasItsList() {
        Set<String> written = new TreeSet<>();
        document.at("/components/schemas").properties().forEach(schema -> {
            if (schema.getKey().startsWith("Draft")) {
                reach(schema.getValue(), written);
            }
        });
        assertTrue(written.contains("CaseClass"), written.toString());
        for (String name : written) {
            JsonNode schema = document.at("/components/schemas/" + name);
            if (schema.has("enum")) {
                String list = schema.path("x-code-list").asText();
                List<String> codes = CodeLists.standard().list(list).entries().stream()
                        .map(CodeEntry::code)
                        .toList();
                List<String> constants = new ArrayList<>();
                schema.path("enum").forEach(constant -> constants.add(constant.asText()));
                assertEquals(codes, constants, name);
            }
        }
    }

    private static void reach(JsonNode schema, Set<String> reached) {
        schema.findValuesAsText("$ref").forEach(ref -> {
            String name = ref.substring(ref.lastIndexOf('/') + 1);
            if (reached.add(name)) {
                reach(document.at("/components/schemas/" + name), reached);
            }
        });
    }

    private static void eachProperty(BiConsumer<String, JsonNode> check) {
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> eachProperty(schema.getValue(), schema.getKey(), check));
    }

    private static void eachProperty(JsonNode schema, String at, BiConsumer<String, JsonNode> check) {
        schema.path("properties").properties().forEach(property -> {
            String here = at + "." + property.getKey();
            check.accept(here, property.getValue());
            eachProperty(property.getValue(), here, check);
            eachProperty(property.getValue().path("items"), here, check);
        });
    }

    @Test
    void everyOperationIsDescribedInChineseAndNamedOnce() {
        Set<String> ids = new TreeSet<>();
        operations((name, operation) -> {
            assertTrue(isChinese(operation.path("summary").asText()), name + " has no Chinese summary");
            assertTrue(isChinese(operation.path("description").asText()), name + " has no Chinese description");
            assertTrue(ids.add(operation.path("operationId").asText()), name + " shares its operationId");
            assertFalse(operation.path("tags").isEmpty(), name + " has no tag");
        });
    }

    @Test
    void everyOperationAnswersProblemsAndOneSuccess() {
        operations((name, operation) -> {
            JsonNode responses = operation.path("responses");
            assertTrue(responses.has("200") || responses.has("201"), name);
            assertTrue(responses.has("404") && responses.has("503"), name);
        });
    }

    @Test
    void onlyCodeListsAndTheLogAreOpen() {
        operations((name, operation) -> {
            boolean hashes = name.contains(" /log/") && !name.contains("/entries/");
            boolean open = name.contains("/v1/codes") || hashes;
            boolean signed = operation.path("parameters").toString().contains("#/components/parameters/Signature\"");
            assertEquals(!open, signed, name);
            boolean token = operation.toString().contains("\"security\":[{\"token\"");
            assertEquals(signed && !name.contains("/v1/token"), token, name);
        });
    }

    @Test
    void everyBodyIsDigested() {
        operations((name, operation) -> assertEquals(
                operation.has("requestBody") && !name.contains(" /log/"),
                operation.path("parameters").toString().contains("#/components/parameters/ContentDigest"),
                name));
    }

    @Test
    void viewsRequireNothingThatCanBeHidden() {
        JsonNode schemas = document.at("/components/schemas");
        assertTrue(schemas.path("Clue").path("required").toString().contains("rightType"));
        assertTrue(schemas.path("ClueView").path("required").isMissingNode());
        assertTrue(schemas.path("ParticipantView").path("required").isMissingNode());
        assertEquals(
                "#/components/schemas/ClueView",
                schemas.at("/RecordViewClue/properties/content/$ref").asText());
        assertEquals(
                "#/components/schemas/Clue",
                schemas.at("/DraftClue/properties/content/$ref").asText());
        assertEquals(
                "[\"id\",\"kind\",\"meta\"]",
                schemas.at("/RecordViewClue/required").toString());
    }

    @Test
    void everyReferenceResolvesAndEveryCodeListExists() {
        document.findValuesAsText("$ref")
                .forEach(ref -> assertFalse(document.at(ref.substring(1)).isMissingNode(), ref));
        document.findValuesAsText("x-code-list")
                .forEach(list -> assertTrue(CodeLists.standard().find(list).isPresent(), list));
    }

    private static void operations(BiConsumer<String, JsonNode> check) {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    if (VERBS.contains(entry.getKey())) {
                        check.accept(entry.getKey() + " " + path.getKey(), entry.getValue());
                    }
                }));
    }

    private static boolean isChinese(String text) {
        return text.codePoints().anyMatch(Character::isIdeographic);
    }
}
