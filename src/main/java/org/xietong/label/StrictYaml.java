package org.xietong.label;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads rule data. A duplicate key, a second document, an anchor or a file that is not there is an error: of two readings of
 * a rule, neither may win silently (I2, I10).
 */
public final class StrictYaml {
    private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory())
            .registerModule(new JavaTimeModule())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictYaml() {}

    /** The document in the bytes, as a tree. */
    public static JsonNode parse(byte[] yaml) throws IOException {
        JsonNode tree = MAPPER.readTree(yaml);
        if (tree == null || tree.isMissingNode() || tree.isNull()) {
            throw new IOException("the file is empty");
        }
        return tree;
    }

    /** The bytes of a file on the class path. */
    public static byte[] bytes(String resource) throws IOException {
        try (InputStream in = StrictYaml.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no such file: " + resource);
            }
            return in.readAllBytes();
        }
    }

    /** A file of law data on the class path, bound to a type; what the type does not know is refused. */
    public static <T> T read(String resource, Class<T> type) {
        try {
            return MAPPER.treeToValue(parse(bytes(resource)), type);
        } catch (IOException e) {
            throw new IllegalStateException(resource + ": " + e.getMessage(), e);
        }
    }
}
