package org.xietong.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What policy rows may speak about: kinds with their attributes, fields and acts, from {@code policy/vocabulary.yaml}. */
public final class Vocabulary {
    private static final String FILE = "vocabulary.yaml";

    private final Set<String> envelope;
    private final Map<String, Kind> kinds;

    private Vocabulary(Set<String> envelope, Map<String, Kind> kinds) {
        this.envelope = envelope;
        this.kinds = kinds;
    }

    /**
     * @param attributes name → its codes; a row's {@code where} compares them
     * @param fields top-level fields of the content
     */
    public record Kind(
            String kind, String zh, Map<String, Set<String>> attributes, Set<String> fields, Set<String> acts) {}

    public Optional<Kind> kind(String kind) {
        return Optional.ofNullable(kinds.get(kind));
    }

    public Set<String> kinds() {
        return kinds.keySet();
    }

    /** What a row of the kind may hide: its content fields, and {@code unit} and {@code day} of the envelope. */
    Set<String> hideable(Kind kind) {
        Set<String> all = new LinkedHashSet<>(envelope);
        all.addAll(kind.fields());
        return all;
    }

    /**
     * Holds the vocabulary against the code, at start: a rule that hides a field which the content does not have would hide
     * nothing.
     *
     * @throws PolicyException where the content lacks a field of the vocabulary
     */
    public void confirm(String kind, ContentShape shape) {
        Kind known = kind(kind).orElseThrow(() -> new PolicyException(FILE + ": unknown kind \"" + kind + "\""));
        for (String field : known.fields()) {
            if (!shape.names().contains(field)) {
                throw new PolicyException(FILE + ", " + kind + ": the content has no field \"" + field + "\"");
            }
        }
    }

    static Vocabulary read(JsonNode tree) {
        Entry file = new Entry(FILE, tree, Set.of("envelope", "kinds"));
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : file.need("kinds").properties()) {
            String place = FILE + ", " + each.getKey();
            Entry entry = new Entry(place, each.getValue(), Set.of("zh", "attributes", "fields", "acts"));
            Map<String, Set<String>> attributes = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> attribute :
                    entry.need("attributes").properties()) {
                attributes.put(attribute.getKey(), strings(entry, attribute.getValue()));
            }
            kinds.put(
                    each.getKey(),
                    new Kind(
                            each.getKey(),
                            entry.text("zh"),
                            attributes,
                            strings(entry, entry.need("fields")),
                            strings(entry, entry.need("acts"))));
        }
        return new Vocabulary(strings(file, file.need("envelope")), kinds);
    }

    private static Set<String> strings(Entry entry, JsonNode list) {
        if (!list.isArray()) {
            throw entry.fault("has no list of words where one is due");
        }
        Set<String> words = new LinkedHashSet<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }
}
