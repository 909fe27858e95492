package org.xietong.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.identifier.Verified;

class LabelBasesTest {
    @Test
    void namesTheLawOfEachBasis() {
        LabelBases bases = LabelBases.load();
        assertFalse(bases.all().isEmpty());
        assertEquals("第六十四条", bases.find("WORK_SECRET").orElseThrow().basis().article());
        assertTrue(bases.find("BECAUSE").isEmpty());
    }

    @Test
    void refusesABasisThatStandsTwice() {
        LabelBases.Entry entry = new LabelBases.Entry("A", "a", new LegalBasis("l", "a", "t", Verified.TEXT));
        assertThrows(IllegalStateException.class, () -> LabelBases.of(List.of(entry, entry)));
    }

    @Test
    void refusesABasisWithoutLaw() {
        assertThrows(IllegalStateException.class, () -> LabelBases.of(List.of(new LabelBases.Entry("A", "a", null))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "a: 1\n---\nb: 2\n", "", "a: ["})
    void readsYamlStrictly(String yaml) {
        assertThrows(IOException.class, () -> StrictYaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThrows(IOException.class, () -> StrictYaml.bytes("law/none.yaml"));
    }
}
