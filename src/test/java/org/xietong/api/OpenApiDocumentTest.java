package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xietong.identifier.CodeLists;
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
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> addNameless(schema.getValue(), schema.getKey(), nameless));
        assertEquals(List.of(), nameless);
    }

    private static void addNameless(JsonNode schema, String at, List<String> nameless) {
        schema.path("properties").properties().forEach(property -> {
            String here = at + "." + property.getKey();
            if (!isChinese(property.getValue().path("x-zh-name").asText())) {
                nameless.add(here);
            }
            addNameless(property.getValue(), here, nameless);
            addNameless(property.getValue().path("items"), here, nameless);
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
    void onlyCodeListsAreOpen() {
        operations((name, operation) -> {
            boolean signed = operation.path("parameters").toString().contains("#/components/parameters/Signature\"");
            assertEquals(!name.contains("/v1/codes"), signed, name);
            boolean token = operation.toString().contains("\"security\":[{\"token\"");
            assertEquals(signed && !name.contains("/v1/token"), token, name);
        });
    }

    @Test
    void everyBodyIsDigested() {
        operations((name, operation) -> assertEquals(
                operation.has("requestBody"),
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
