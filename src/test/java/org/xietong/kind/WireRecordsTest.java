package org.xietong.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xietong.identifier.Code;
import org.xietong.identifier.CodeLists;
import org.xietong.identifier.Conforms;
import org.xietong.identifier.ZhName;
import org.xietong.policy.Shown;
import org.xietong.record.Kind;

/** What every record on the wire owes: a Chinese name for each field, and a bound for each string and list. */
class WireRecordsTest {
    /** The contents of all kinds of this build, and every record that they are made of. */
    static Stream<Class<?>> wireRecords() {
        Set<Class<?>> found = new LinkedHashSet<>();
        contents().forEach(content -> addRecords(content, found));
        return found.stream();
    }

    private static void addRecords(Class<?> type, Set<Class<?>> found) {
        if (type.isRecord() && found.add(type)) {
            for (RecordComponent component : type.getRecordComponents()) {
                addRecords(component.getType(), found);
                if (component.getGenericType() instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] instanceof Class<?> element) {
                    addRecords(element, found);
                }
            }
        }
    }

    @Test
    void knowsThePartsOfEveryKind() {
        Set<String> names = wireRecords().map(Class::getSimpleName).collect(Collectors.toSet());
        assertTrue(
                names.containsAll(
                        Set.of("ArrestSuspect", "Count", "Instalment", "Participant", "Identifier", "Informant")),
                names.toString());
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
            for (AnnotatedType part : parts(type.getDeclaredField(component.getName()))) {
                Code code = part.getAnnotation(Code.class);
                if (code != null) {
                    CodeLists.standard().list(code.value());
                }
            }
        }
    }

    /** A part that is not validated with the whole would take any code, number and length. */
    @ParameterizedTest
    @MethodSource("wireRecords")
    void validatesEveryPart(Class<?> type) throws Exception {
        List<String> unchecked = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Field field = type.getDeclaredField(component.getName());
            for (AnnotatedType part : parts(field)) {
                if (part.getType() instanceof Class<?> raw
                        && raw.isRecord()
                        && !part.isAnnotationPresent(Valid.class)
                        && !(raw == field.getType() && field.isAnnotationPresent(Valid.class))) {
                    unchecked.add(field.getName());
                }
            }
        }
        assertEquals(List.of(), unchecked);
    }

    /** A field's type, and of a list its element's. */
    private static List<AnnotatedType> parts(Field field) {
        AnnotatedType type = field.getAnnotatedType();
        return type instanceof AnnotatedParameterizedType list
                ? List.of(type, list.getAnnotatedActualTypeArguments()[0])
                : List.of(type);
    }

    @ParameterizedTest
    @MethodSource("contents")
    void saysOfEveryContentFieldWhoSeesIt(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            assertNotNull(component.getAnnotation(Shown.class), component.getName());
        }
    }

    static Stream<Class<?>> contents() {
        return new KindsOfThisBuild().kinds().all().stream().map(Kind::contentType);
    }

    private static boolean bounded(AnnotatedType type, @org.jspecify.annotations.Nullable Field field) {
        return Stream.of(Size.class, Code.class, Conforms.class, Pattern.class)
                .anyMatch(bound ->
                        type.isAnnotationPresent(bound) || (field != null && field.isAnnotationPresent(bound)));
    }
}
