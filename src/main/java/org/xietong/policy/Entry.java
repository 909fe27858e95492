package org.xietong.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One mapping of a policy file, read strictly: every key is known, every value has its type, and each fault names its place. */
final class Entry {
    private final String place;
    private final JsonNode node;

    /** @param place file and row, for messages */
    Entry(String place, JsonNode node, Set<String> known) {
        this.place = place;
        this.node = node;
        if (!node.isObject()) {
            throw fault("is not a mapping");
        }
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw fault("unknown key \"" + key + "\"");
            }
        });
    }

    PolicyException fault(String what) {
        return new PolicyException(place + ": " + what);
    }

    String place() {
        return place;
    }

    boolean has(String key) {
        return node.has(key);
    }

    JsonNode need(String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            throw fault("missing " + key);
        }
        return value;
    }

    String text(String key) {
        return text(key, need(key));
    }

    boolean flag(String key) {
        JsonNode value = need(key);
        if (!value.isBoolean()) {
            throw fault(key + " is neither true nor false");
        }
        return value.booleanValue();
    }

    List<JsonNode> list(String key) {
        JsonNode value = need(key);
        if (!value.isArray()) {
            throw fault(key + " is not a list");
        }
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(elements::add);
        return elements;
    }

    /** A list of words, each from {@code known} and none twice; absent means empty. */
    Set<String> words(String key, Set<String> known) {
        Set<String> words = new HashSet<>();
        for (JsonNode element : has(key) ? list(key) : List.<JsonNode>of()) {
            String word = text(key, element);
            if (!known.contains(word)) {
                throw fault("unknown word \"" + word + "\" in " + key);
            }
            if (!words.add(word)) {
                throw fault(key + " repeats \"" + word + "\"");
            }
        }
        return Set.copyOf(words);
    }

    /** The constant that a key names; {@code what} stands in the message. */
    <E extends Enum<E>> E constant(String key, Class<E> type) {
        return constant(text(key), key, type);
    }

    <E extends Enum<E>> E constant(String name, String what, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw fault("unknown " + what.toLowerCase(Locale.ROOT) + " \"" + name + "\"");
    }

    private String text(String key, JsonNode value) {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw fault(key + " is not a word");
        }
        return value.textValue();
    }
}
