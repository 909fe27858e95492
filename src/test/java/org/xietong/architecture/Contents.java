package org.xietong.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.xietong.identifier.ZhName;
import org.xietong.policy.Shown;
import org.xietong.record.Content;

/**
 * What every field owes that leaves the service.
 *
 * @param base package that all of it stands in
 */
record Contents(String base) {

    Rule<JavaClass> everyContentIsARecordOfKind() {
        return Rule.of(
                "every content is a record in kind",
                this::contents,
                type -> type.isRecord() && type.getPackageName().equals(base + ".kind")
                        ? Stream.empty()
                        : Stream.of(type.getName() + " is no record in kind"));
    }

    /** Deny by absence, at the field: one that declares no view would be shown to nobody, or to everybody. */
    Rule<JavaClass> everyContentFieldDeclaresItsView() {
        return Rule.of(
                "every field of a content declares the least view that shows it",
                this::contents,
                type -> componentsWithout(Shown.class, type.reflect()));
    }

    Rule<Class<?>> everyFieldOnTheWireHasAChineseName() {
        return Rule.of(
                "every field on the wire has a Chinese name",
                classes -> WireRecords.of(new Resources(base).methods(classes), subtypes(classes)),
                type -> componentsWithout(ZhName.class, type));
    }

    private List<JavaClass> contents(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.isAssignableTo(Content.class) && !type.isEquivalentTo(Content.class))
                .toList();
    }

    private List<JavaClass> subtypes(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.getPackageName().startsWith(base + '.') && !type.isInterface())
                .toList();
    }

    private static Stream<String> componentsWithout(Class<? extends Annotation> wanted, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components == null
                ? Stream.empty()
                : Arrays.stream(components)
                        .filter(component -> !component.isAnnotationPresent(wanted))
                        .map(component ->
                                type.getName() + "." + component.getName() + " lacks @" + wanted.getSimpleName());
    }
}
