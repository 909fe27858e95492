package org.xietong.crypto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Canonical JSON (RFC 8785) to and from the JDK's own maps, lists, strings and numbers, for rooms without a JSON library. */
public final class CanonicalJson {
    private static final JsonMapper JSON = new JsonMapper();

    private CanonicalJson() {}

    /** @throws IllegalArgumentException if it holds anything but maps, lists, strings, numbers, booleans and null */
    public static byte[] of(Map<String, ?> object) {
        return Jcs.canonical(JSON.<JsonNode>valueToTree(object));
    }

    /**
     * Reads an object from the bytes that {@link #of} writes for it.
     *
     * @throws IllegalArgumentException for all other bytes: what has two forms could be hashed in one and read in the other
     */
    public static Map<?, ?> object(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode value = JSON.readTree(text);
            if (value != null && value.isObject() && Arrays.equals(Jcs.canonical(value), bytes)) {
                return JSON.treeToValue(value, Map.class);
            }
        } catch (CharacterCodingException | JsonProcessingException e) {
            // falls through to the one refusal
        }
        throw new IllegalArgumentException("not a canonical JSON object");
    }
}
