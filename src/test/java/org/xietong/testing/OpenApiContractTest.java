package org.xietong.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The checker itself: one sound answer, and every way of departing from the document caught. */
class OpenApiContractTest {
    private static final String ID = "0190a6f2-6b1e-7c3d-8e4f-0123456789ab";
    private static final String RECORD = """
            {"id":"%s","kind":"clue","version":1,"recordedAt":"2023-01-03T08:00:00+08:00","level":"INTERNAL",
             "content":{"title":"线索","foundOn":"2023-01-03","amounts":[{"value":"2840000","participant":"%s"}]},
             "meta":{"complete":true,"masked":["facts"]}}
            """.formatted(ID, ID);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenApiContract CONTRACT = fixture();

    /** An answer that a mutation changes. */
    private static final class Draft {
        String method = "GET";
        String path = "/v1/clues/" + ID;
        int status = 200;
        String type = "application/json;charset=UTF-8";
        Map<String, String> headers = new HashMap<>(Map.of("Exchange-Id", ID, "Signature", "sys=:AA==:"));
        byte[] body = RECORD.getBytes(StandardCharsets.UTF_8);

        List<String> faults() {
            return CONTRACT.faults(new OpenApiContract.Answer(method, path, status, type, headers::get, body));
        }

        Draft body(String text) {
            body = text.getBytes(StandardCharsets.UTF_8);
            return this;
        }
    }

    @Test
    void acceptsWhatIsDocumented() {
        assertEquals(List.of(), new Draft().faults());
        Draft least = new Draft().body("{\"id\":\"" + ID + "\",\"kind\":\"clue\",\"meta\":{\"complete\":false}}");
        assertEquals(List.of(), least.faults());
        Draft problem = new Draft().body("{\"code\":\"NOT_FOUND\",\"status\":404}");
        problem.status = 404;
        problem.type = "application/problem+json";
        problem.headers.clear();
        assertEquals(List.of(), problem.faults());
    }

    @Test
    void prefersTheLiteralPath() {
        Draft list = new Draft().body("[" + RECORD + "]");
        list.path = "/v1/clues/recent";
        assertEquals(List.of(), list.faults());
    }

    @TestFactory
    Stream<DynamicTest> catchesEveryMutation() {
        Map<String, Consumer<Draft>> mutations = mutations();
        assertFalse(mutations.size() < 30, "at least thirty mutations");
        return mutations.entrySet().stream()
                .map(mutation -> DynamicTest.dynamicTest(mutation.getKey(), () -> {
                    Draft draft = new Draft();
                    mutation.getValue().accept(draft);
                    assertFalse(draft.faults().isEmpty(), mutation.getKey());
                }));
    }

    private static Map<String, Consumer<Draft>> mutations() {
        Map<String, Consumer<Draft>> all = new HashMap<>();
        all.put("undocumented path", draft -> draft.path = "/v1/nothing");
        all.put("path one segment longer", draft -> draft.path += "/more");
        all.put("undocumented method", draft -> draft.method = "POST");
        for (int status : new int[] {201, 204, 400, 500}) {
            all.put("undocumented status " + status, draft -> draft.status = status);
        }
        for (String type : new String[] {"text/html", "application/problem+json", "application/jsonx", ""}) {
            all.put("content type '" + type + "'", draft -> draft.type = type);
        }
        all.put("no Exchange-Id", draft -> draft.headers.remove("Exchange-Id"));
        all.put("no Signature", draft -> draft.headers.remove("Signature"));
        all.put("malformed Exchange-Id", draft -> draft.headers.put("Exchange-Id", "1"));
        all.put("empty body", draft -> draft.body(""));
        all.put("not JSON", draft -> draft.body("<html>"));
        all.put("array for object", draft -> draft.body("[]"));
        all.put("string for object", draft -> draft.body("\"x\""));
        all.put("problem for record", draft -> draft.body("{\"code\":\"NOT_FOUND\",\"status\":404}"));
        all.put("problem with unknown code", draft -> {
            draft.status = 404;
            draft.type = "application/problem+json";
            draft.body("{\"code\":\"OTHER\",\"status\":404}");
        });
        for (String required : new String[] {"id", "kind", "meta"}) {
            all.put("without " + required, edit(root -> root.remove(required)));
        }
        all.put("nested required missing", edit(root -> ((ObjectNode) root.get("meta")).remove("complete")));
        all.put("extra field", edit(root -> root.put("extra", 1)));
        all.put("extra field behind a reference", edit(root -> content(root).put("informant", "某某")));
        all.put("extra field in a list", edit(root -> amount(root).put("extra", 1)));
        all.put("extra field in an inline object", edit(root -> ((ObjectNode) root.get("meta")).put("rule", "x")));
        all.put("null for string", edit(root -> root.putNull("kind")));
        all.put("null behind a reference", edit(root -> root.putNull("content")));
        all.put("number for string", edit(root -> root.put("kind", 1)));
        all.put("string for integer", edit(root -> root.put("version", "1")));
        all.put("fraction for integer", edit(root -> root.put("version", 1.5)));
        all.put("below minimum", edit(root -> root.put("version", 0)));
        all.put("string for boolean", edit(root -> ((ObjectNode) root.get("meta")).put("complete", "true")));
        all.put("unknown enumeration value", edit(root -> root.put("level", "SECRET")));
        all.put("enumeration in lower case", edit(root -> root.put("level", "internal")));
        all.put("malformed uuid", edit(root -> root.put("id", "clue-1")));
        all.put("malformed date", edit(root -> content(root).put("foundOn", "2023-02-30")));
        all.put("date-time for date", edit(root -> content(root).put("foundOn", "2023-01-03T00:00:00Z")));
        all.put("time without offset", edit(root -> root.put("recordedAt", "2023-01-03T08:00:00")));
        all.put("too long", edit(root -> content(root).put("title", "一二三四五六七八九十一")));
        all.put("pattern in a list", edit(root -> amount(root).put("value", "2,840,000")));
        all.put("format in a list", edit(root -> amount(root).put("participant", "p1")));
        all.put("object for list", edit(root -> content(root).putObject("amounts")));
        all.put("too many items", edit(root -> {
            for (int i = 0; i < 2; i++) {
                content(root).withArray("/amounts").addObject().put("value", "1");
            }
        }));
        all.put(
                "wrong item type",
                edit(root -> ((ObjectNode) root.get("meta")).putArray("masked").add(1)));
        return all;
    }

    private static Consumer<Draft> edit(Consumer<ObjectNode> change) {
        return draft -> {
            try {
                ObjectNode root = (ObjectNode) JSON.readTree(draft.body);
                change.accept(root);
                draft.body(root.toString());
            } catch (java.io.IOException impossible) {
                throw new AssertionError(impossible);
            }
        };
    }

    private static ObjectNode content(JsonNode root) {
        return (ObjectNode) root.get("content");
    }

    private static ObjectNode amount(JsonNode root) {
        return (ObjectNode) root.at("/content/amounts/0");
    }

    private static OpenApiContract fixture() {
        try (InputStream in = OpenApiContractTest.class.getResourceAsStream("/contract/fixture.yaml")) {
            return new OpenApiContract(new YAMLMapper().readTree(in));
        } catch (java.io.IOException missing) {
            throw new AssertionError(missing);
        }
    }
}
