package org.xietong.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xietong.identifier.Code;
import org.xietong.identifier.Conforms;
import org.xietong.policy.OfParticipant;

/** Which fields of a content go with a participant's free texts: a new kind must say so of each text that it brings. */
class ErasureFieldsTest {
    /** Numbers, names of courts, units and officers, others' names, and what stands beside amounts: not about the participant. */
    private static final Set<String> NOT_FREE = Set.of(
            "caseNumber",
            "court",
            "number",
            "name",
            "contact",
            "value",
            "unit",
            "quantity",
            "against",
            "basisNumber",
            "handler",
            "acknowledgedBy",
            "addressee",
            "receipt",
            "investigators");

    @Test
    void nameEveryTextOfEveryKind() throws IOException {
        // The newest migration that states them.
        String migration = Files.readString(Path.of("src/main/resources/db/migration/V31__supervision.sql"));
        int at = migration.indexOf("CREATE OR REPLACE FUNCTION free_text_fields()");
        String list = migration.substring(
                migration.indexOf("ARRAY[", at) + 6, migration.indexOf("]", migration.indexOf("ARRAY[", at)));
        Set<String> free = Arrays.stream(list.split(","))
                .map(name -> name.strip().replace("'", ""))
                .collect(Collectors.toSet());
        free.add("reason"); // where it is a text, and not a code with one
        Set<String> texts = new TreeSet<>();
        new KindsOfThisBuild().kinds().all().forEach(kind -> collect(kind.contentType(), free, texts));
        assertEquals(Set.of(), texts, "texts of which nobody has said whether they go");
        assertTrue(free.containsAll(Set.of("facts", "title", "publicText")));
    }

    private static void collect(Class<?> type, Set<String> free, Set<String> texts) {
        for (RecordComponent component : type.getRecordComponents()) {
            boolean text =
                    component.getType() == String.class || !component.getName().equals("reason");
            if (text && free.contains(component.getName())) {
                continue;
            }
            Class<?> element = element(component.getGenericType());
            if (element.isRecord() && !OfParticipant.class.isAssignableFrom(element)) {
                collect(element, free, texts);
            } else if (element == String.class
                    && !isBound(type, component)
                    && !NOT_FREE.contains(component.getName())) {
                texts.add(type.getSimpleName() + "." + component.getName());
            }
        }
    }

    /** A code or a number of a known form says nothing in its own words. */
    private static boolean isBound(Class<?> type, RecordComponent component) {
        try {
            return Stream.of(
                            type.getDeclaredField(component.getName()),
                            component.getAccessor(),
                            component.getAnnotatedType(),
                            component.getAnnotatedType() instanceof AnnotatedParameterizedType list
                                    ? list.getAnnotatedActualTypeArguments()[0]
                                    : component.getAnnotatedType())
                    .anyMatch(place -> place.isAnnotationPresent(Code.class)
                            || place.isAnnotationPresent(Conforms.class)
                            || place.isAnnotationPresent(Pattern.class));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> element(Type type) {
        return type instanceof ParameterizedType list ? (Class<?>) list.getActualTypeArguments()[0] : (Class<?>) type;
    }
}
