package org.xietong.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks answers against an OpenAPI 3.1 document: status, content type, required headers and body. Object schemas are closed, so
 * that an undocumented field is a fault; formats are asserted.
 */
public final class OpenApiContract {
    /** The committed document; {@code OpenApiDriftTest} holds that the code agrees with it. */
    public static final Path COMMITTED = Path.of("openapi/xietong.yaml");

    private static final String BASE = "urn:xietong:openapi";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;
    private final List<Route> routes;
    private final SchemaRegistry registry;
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    private record Route(Pattern pattern, int variables, JsonNode item) {}

    /**
     * An answer as it came.
     *
     * @param header looks one up by name, in any case
     */
    public record Answer(
            String method,
            String path,
            int status,
            @Nullable String contentType,
            Function<String, @Nullable String> header,
            byte[] body) {}

    public OpenApiContract(JsonNode openApi) {
        document = closed(openApi.deepCopy());
        routes = document.get("paths").properties().stream()
                .map(path -> route(path.getKey(), path.getValue()))
                .sorted(Comparator.comparingInt(Route::variables)
                        .thenComparing(route -> -route.pattern().pattern().length()))
                .toList();
        registry = SchemaRegistry.withDialect(
                Dialects.getOpenApi31(),
                builder -> builder.schemas(Map.of(BASE, definitions(document).toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    public static OpenApiContract committed() {
        try {
            return new OpenApiContract(new YAMLMapper().readTree(Files.readString(COMMITTED)));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Everything in which the answer departs from the document; empty when it is as documented. */
    public List<String> faults(Answer answer) {
        Optional<Route> route = routes.stream()
                .filter(candidate -> candidate.pattern().matcher(answer.path()).matches())
                .findFirst();
        if (route.isEmpty()) {
            return List.of("undocumented path");
        }
        JsonNode operation = route.get().item().path(answer.method().toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            return List.of("undocumented method");
        }
        JsonNode response = resolve(operation.path("responses").path(String.valueOf(answer.status())));
        if (response.isMissingNode()) {
            return List.of("undocumented status " + answer.status());
        }
        List<String> faults = new ArrayList<>();
        checkHeaders(response, answer, faults);
        checkBody(response, answer, faults);
        return faults;
    }

    /** Fails the test where the answer departs from the document. */
    public void require(Answer answer) {
        List<String> faults = faults(answer);
        if (!faults.isEmpty() && !isUnknownRoute(faults, answer)) {
            throw new AssertionError(answer.method() + " " + answer.path() + " answers " + answer.status()
                    + " otherwise than documented: " + faults);
        }
    }

    /** An answer to a client of {@code java.net.http}, with the request's path and query. */
    public void require(String method, String target, int status, HttpHeaders headers, byte[] body) {
        require(new Answer(
                method,
                target.split("\\?", 2)[0],
                status,
                headers.firstValue("Content-Type").orElse(null),
                name -> headers.firstValue(name).orElse(null),
                body));
    }

    /** An unknown path may answer 404, an unknown method 405, as problems. */
    private static boolean isUnknownRoute(List<String> faults, Answer answer) {
        boolean problem = answer.contentType() != null && answer.contentType().startsWith("application/problem+json");
        return problem
                && ((faults.contains("undocumented path") && answer.status() == 404)
                        || (faults.contains("undocumented method") && answer.status() == 405));
    }

    private void checkHeaders(JsonNode response, Answer answer, List<String> faults) {
        response.path("headers").properties().forEach(entry -> {
            JsonNode header = resolve(entry.getValue());
            String value = answer.header().apply(entry.getKey());
            if (value == null) {
                if (header.path("required").asBoolean()) {
                    faults.add("missing header " + entry.getKey());
                }
            } else {
                check(header.path("schema"), TextNode.valueOf(value), "header " + entry.getKey(), faults);
            }
        });
    }

    private void checkBody(JsonNode response, Answer answer, List<String> faults) {
        JsonNode content = response.path("content");
        if (content.isEmpty()) {
            if (answer.body().length > 0) {
                faults.add("undocumented body");
            }
            return;
        }
        String type = answer.contentType() == null
                ? ""
                : answer.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        JsonNode media = content.path(type);
        if (media.isMissingNode()) {
            faults.add("undocumented content type '" + type + "'");
            return;
        }
        if (media.at("/schema/format").asText().equals("binary")) {
            return;
        }
        try {
            JsonNode body = JSON.readTree(answer.body());
            if (body.isMissingNode()) {
                faults.add("empty body");
            } else {
                check(media.path("schema"), body, "body", faults);
            }
        } catch (IOException notJson) {
            faults.add("body is not JSON");
        }
    }

    private void check(JsonNode schema, JsonNode value, String where, List<String> faults) {
        Schema validator = compiled.computeIfAbsent(schema, node -> registry.getSchema(absolute(node.deepCopy())));
        validator
                .validate(value)
                .forEach(error -> faults.add(where + error.getInstanceLocation() + ": " + error.getKeyword()));
    }

    private JsonNode resolve(JsonNode node) {
        JsonNode ref = node.path("$ref");
        return ref.isTextual() ? document.at(ref.textValue().substring(1)) : node;
    }

    /** The component schemas alone, as one JSON schema with definitions. */
    private static JsonNode definitions(JsonNode document) {
        ObjectNode root = JSON.createObjectNode();
        root.set("$defs", absolute(document.at("/components/schemas").deepCopy()));
        return root;
    }

    /** The same schema with its references pointing into the registered definitions, without what only people read. */
    private static JsonNode absolute(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            String ref = object.path("$ref").asText();
            if (ref.startsWith(SCHEMAS)) {
                object.put("$ref", BASE + "#/$defs/" + ref.substring(SCHEMAS.length()));
            }
            object.remove(List.of("x-zh-name", "x-code-list", "x-least-view", "x-caveats"));
        }
        schema.forEach(OpenApiContract::absolute);
        return schema;
    }

    /** The same document with every schema that lists properties closed to all others. */
    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("unevaluatedProperties", false);
        }
        node.forEach(OpenApiContract::closed);
        return node;
    }

    /** The path of a tile has slashes of its own (c2sp.org/tlog-tiles), which a template cannot say. */
    private static Route route(String path, JsonNode item) {
        String segment = path.startsWith("/log/") ? ".+" : "[^/]+";
        StringBuilder pattern = new StringBuilder();
        int variables = 0;
        for (String part : path.substring(1).split("/")) {
            boolean variable = part.startsWith("{");
            variables += variable ? 1 : 0;
            pattern.append('/').append(variable ? segment : Pattern.quote(part));
        }
        return new Route(Pattern.compile(pattern + "/?"), variables, item);
    }
}
