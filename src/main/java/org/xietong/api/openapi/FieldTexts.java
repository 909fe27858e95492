package org.xietong.api.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xietong.label.StrictYaml;

/** What each field is, in English: {@code law/fields.yaml}. The Chinese name stands beside the field in the code. */
final class FieldTexts {
    private static final String FILE = "law/fields.yaml";

    private final Map<String, String> texts = new TreeMap<>();

    private FieldTexts() {}

    static FieldTexts load() {
        FieldTexts loaded = new FieldTexts();
        try {
            StrictYaml.parse(StrictYaml.bytes(FILE))
                    .properties()
                    .forEach(text ->
                            loaded.texts.put(text.getKey(), text.getValue().asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
        return loaded;
    }

    /** The text of a record's field, or of every field of that name; null where there is none, which a test finds. */
    @Nullable
    String of(String record, String field) {
        String own = texts.get(record + "." + field);
        return own == null ? texts.get(field) : own;
    }

    Set<String> keys() {
        return texts.keySet();
    }
}
