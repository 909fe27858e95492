package org.xietong.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    @Test
    void readsWhatItWrites() {
        byte[] bytes = "{\"a\":1,\"b\":[null,\"中\"]}".getBytes(UTF_8);
        Map<?, ?> read = CanonicalJson.object(bytes);
        assertEquals(1, read.get("a"));
        assertArrayEquals(bytes, CanonicalJson.of(Map.of("a", 1, "b", read.get("b"))));
    }

    /** {@code null} was found by fuzzing: canonical, and no object. */
    @ParameterizedTest
    @ValueSource(strings = {"", "null", "1", "\"a\"", "[]", "true", "{ }", "{\"b\":1,\"a\":2}", "{\"a\":1.0}", "{}x"})
    void refusesAllElse(String text) {
        assertThrows(IllegalArgumentException.class, () -> CanonicalJson.object(text.getBytes(UTF_8)));
    }
}
