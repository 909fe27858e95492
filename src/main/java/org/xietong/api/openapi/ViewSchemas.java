package org.xietong.api.openapi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Drafts and views use the same Java records but owe different fields: a draft what its constraints ask for, a view only what can
 * never be hidden. So each schema that is both written and answered gets a twin {@code …View} with nothing required, and answers
 * refer to the twins. Schemas that are only answered require the components that cannot be null.
 */
final class ViewSchemas {
    private static final String SUFFIX = "View";

    private ViewSchemas() {}

    static void split(OpenAPI document, Map<String, Schema> schemas, WireRecords records) {
        Set<String> written = new TreeSet<>();
        Set<String> answered = new TreeSet<>();
        List<Operation> operations = operations(document);
        for (Operation operation : operations) {
            if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
                operation
                        .getRequestBody()
                        .getContent()
                        .getMediaTypes()
                        .values()
                        .forEach(media -> SchemaWalk.reach(media.getSchema(), schemas, written));
            }
            answers(operation).forEach(media -> SchemaWalk.reach(media.getSchema(), schemas, answered));
        }
        Set<String> both = new TreeSet<>(written);
        both.retainAll(answered);
        both.removeIf(name -> !isObject(schemas.get(name)));
        UnaryOperator<String> twin = name -> both.contains(name) ? name + SUFFIX : name;
        for (Map.Entry<String, Schema> scanned : List.copyOf(schemas.entrySet())) {
            String name = scanned.getKey();
            if (both.contains(name)) {
                Schema view = SchemaWalk.copy(scanned.getValue(), twin);
                view.setRequired(null);
                schemas.put(twin.apply(name), view);
            } else if (answered.contains(name) && !written.contains(name)) {
                schemas.put(name, answer(name, scanned.getValue(), twin, records));
            }
        }
        operations.forEach(operation -> answers(operation).forEach(media -> {
            if (media.getSchema() != null) {
                media.setSchema(SchemaWalk.copy(media.getSchema(), twin));
            }
        }));
    }

    static List<Operation> operations(OpenAPI document) {
        return document.getPaths().getPathItems().values().stream()
                .map(PathItem::getOperations)
                .flatMap(operations -> operations.values().stream())
                .toList();
    }

    private static boolean isObject(@Nullable Schema schema) {
        return schema != null && schema.getProperties() != null;
    }

    private static Schema answer(String name, Schema schema, UnaryOperator<String> twin, WireRecords records) {
        Schema answer = SchemaWalk.copy(schema, twin);
        if (schema.getProperties() != null) {
            List<String> always = records.alwaysThere(name, schema);
            answer.setRequired(always.isEmpty() ? null : always);
        }
        return answer;
    }

    private static List<MediaType> answers(Operation operation) {
        return operation.getResponses() == null || operation.getResponses().getAPIResponses() == null
                ? List.of()
                : operation.getResponses().getAPIResponses().values().stream()
                        .flatMap(response -> mediaTypes(response).stream())
                        .toList();
    }

    private static List<MediaType> mediaTypes(@Nullable APIResponse response) {
        return response == null || response.getContent() == null
                ? List.of()
                : List.copyOf(response.getContent().getMediaTypes().values());
    }
}
