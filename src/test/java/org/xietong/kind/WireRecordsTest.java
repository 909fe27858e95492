package org.xietong.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xietong.identifier.Code;
import org.xietong.identifier.CodeLists;
import org.xietong.identifier.Conforms;
import org.xietong.identifier.Identifier;
import org.xietong.identifier.ZhName;
import org.xietong.matter.Amount;
import org.xietong.matter.Goods;
import org.xietong.matter.Occurred;
import org.xietong.matter.Participant;
import org.xietong.matter.RightHolder;
import org.xietong.policy.Shown;

/** What every record on the wire owes: a Chinese name for each field, and a bound for each string and list. */
class WireRecordsTest {
    static Stream<Class<?>> wireRecords() {
        return Stream.of(
                Clue.class,
                Filing.class,
                ClueFlag.class,
                FilingReason.class,
                Informant.class,
                Participant.class,
                Amount.class,
                Goods.class,
                Occurred.class,
                RightHolder.class,
                Identifier.class);
    }

    @ParameterizedTest
    @MethodSource("wireRecords")
    void namesEveryFieldInChinese(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            ZhName name = component.getAnnotation(ZhName.class);
            assertNotNull(name, type.getSimpleName() + "." + component.getName());
            assertTrue(name.value().codePoints().anyMatch(Character::isIdeographic));
        }
    }

    @ParameterizedTest
    @MethodSource("wireRecords")
    void boundsEveryStringAndList(Class<?> type) throws Exception {
        List<String> unbounded = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = type.getDeclaredField(component.getName());
            if (field.getType() == String.class && !bounded(field.getAnnotatedType(), field)) {
                unbounded.add(field.getName());
            }
            if (field.getType() == List.class) {
                AnnotatedType element =
                        ((AnnotatedParameterizedType) field.getAnnotatedType()).getAnnotatedActualTypeArguments()[0];
                boolean elementBounded = element.getType() != String.class || bounded(element, null);
                if (!field.isAnnotationPresent(Size.class) || !elementBounded) {
                    unbounded.add(field.getName());
                }
            }
        }
        assertEquals(List.of(), unbounded);
    }

    @ParameterizedTest
    @MethodSource("wireRecords")
    void namesCodeListsThatExist(Class<?> type) throws Exception {
        for (RecordComponent component : type.getRecordComponents()) {
            Code code = type.getDeclaredField(component.getName()).getAnnotation(Code.class);
            if (code != null) {
                CodeLists.standard().list(code.value());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("contents")
    void saysOfEveryContentFieldWhoSeesIt(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            assertNotNull(component.getAnnotation(Shown.class), component.getName());
        }
    }

    static Stream<Class<?>> contents() {
        return Stream.of(Clue.class, Filing.class);
    }

    private static boolean bounded(AnnotatedType type, @org.jspecify.annotations.Nullable Field field) {
        return Stream.of(Size.class, Code.class, Conforms.class, Pattern.class)
                .anyMatch(bound ->
                        type.isAnnotationPresent(bound) || (field != null && field.isAnnotationPresent(bound)));
    }
}
