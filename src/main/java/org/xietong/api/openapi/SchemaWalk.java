package org.xietong.api.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** References between the schemas of a document. */
final class SchemaWalk {
    private static final String PREFIX = "#/components/schemas/";

    private SchemaWalk() {}

    /** Adds the names of all component schemas that can be reached from {@code start}. */
    static void reach(@Nullable Schema start, Map<String, Schema> schemas, Set<String> reached) {
        if (start == null) {
            return;
        }
        String name = refersTo(start);
        if (name != null && reached.add(name)) {
            reach(schemas.get(name), schemas, reached);
        }
        children(start).forEach(child -> reach(child, schemas, reached));
    }

    /** A deep copy in which every reference to a component schema is renamed. */
    static Schema copy(Schema original, UnaryOperator<String> rename) {
        Schema copy = OASFactory.createSchema();
        copy.setAll(new LinkedHashMap<>(original.getAll()));
        if (original.getExtensions() != null) {
            copy.setExtensions(new LinkedHashMap<>(original.getExtensions()));
        }
        String name = refersTo(original);
        copy.setRef(name == null ? original.getRef() : PREFIX + rename.apply(name));
        if (original.getProperties() != null) {
            Map<String, Schema> properties = new LinkedHashMap<>();
            original.getProperties().forEach((key, value) -> properties.put(key, copy(value, rename)));
            copy.setProperties(properties);
        }
        if (original.getItems() != null) {
            copy.setItems(copy(original.getItems(), rename));
        }
        copy.setAllOf(copies(original.getAllOf(), rename));
        copy.setAnyOf(copies(original.getAnyOf(), rename));
        copy.setOneOf(copies(original.getOneOf(), rename));
        return copy;
    }

    private static @Nullable List<Schema> copies(@Nullable List<Schema> originals, UnaryOperator<String> rename) {
        return originals == null
                ? null
                : originals.stream().map(one -> copy(one, rename)).toList();
    }

    private static @Nullable String refersTo(Schema schema) {
        String ref = schema.getRef();
        return ref != null && ref.startsWith(PREFIX) ? ref.substring(PREFIX.length()) : null;
    }

    private static List<Schema> children(Schema schema) {
        List<Schema> children = new ArrayList<>();
        if (schema.getProperties() != null) {
            children.addAll(schema.getProperties().values());
        }
        for (List<Schema> group : listsOf(schema)) {
            children.addAll(group);
        }
        if (schema.getItems() != null) {
            children.add(schema.getItems());
        }
        if (schema.getAdditionalPropertiesSchema() != null) {
            children.add(schema.getAdditionalPropertiesSchema());
        }
        return children;
    }

    private static List<List<Schema>> listsOf(Schema schema) {
        List<List<Schema>> lists = new ArrayList<>();
        if (schema.getAllOf() != null) {
            lists.add(schema.getAllOf());
        }
        if (schema.getAnyOf() != null) {
            lists.add(schema.getAnyOf());
        }
        if (schema.getOneOf() != null) {
            lists.add(schema.getOneOf());
        }
        return lists;
    }
}
