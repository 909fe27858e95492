package org.xietong.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameMaskTest {
    private static final NameMask MASK = NameMask.load();

    @ParameterizedTest
    @CsvSource({
        "张三, 张某",
        "张三丰, 张某",
        "' 张三 ', 张某",
        "欧阳修, 欧阳某",
        "歐陽修, 歐陽某",
        "司马相如, 司马某",
        "欧阳, 欧某",
        "张, 张某",
        "某某, 某某",
        "'', 某某",
        "阿卜杜拉·买买提, 阿某",
        "阿卜杜拉•买买提, 阿某",
        "欧阳·娜娜, 欧某",
        "John Smith, J",
        "𠮷田, 𠮷某",
        "𠮷田太郎, 𠮷某",
    })
    void masksAsPublishedJudgmentsDo(String name, String masked) {
        assertEquals(masked, MASK.mask(name));
    }

    @Test
    void keepsARareCharacterWhole() {
        String masked = MASK.mask("𠮷𠮷𠮷");
        assertEquals(2, masked.codePointCount(0, masked.length()));
        assertFalse(Character.isLowSurrogate(masked.charAt(0)));
    }

    @Property
    void neverShowsWhatFollowsTheSurname(
            @ForAll @CharRange(from = '一', to = '龥') @StringLength(min = 3, max = 6) String name) {
        String masked = MASK.mask(name);
        assertTrue(masked.endsWith("某"));
        assertTrue(masked.length() <= 3, masked);
        assertTrue(name.startsWith(masked.substring(0, masked.length() - 1)), masked);
    }
}
