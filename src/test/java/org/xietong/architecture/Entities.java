package org.xietong.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.util.List;
import java.util.stream.Stream;

/**
 * JPA classes: what they hold is not redacted, so none may reach JSON (I4).
 *
 * @param base package that all of it stands in
 */
record Entities(String base) {

    Rule<JavaClass> entitiesAreSeenByTheirPackageOnly() {
        return Rule.of(
                "entities are seen by their own package only",
                this::entities,
                type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                                || type.getModifiers().contains(JavaModifier.PROTECTED)
                        ? Stream.of(type.getName() + " is seen by other packages")
                        : Stream.empty());
    }

    Rule<JavaClass> entitiesNeverLeaveTheirPackage() {
        return Rule.of(
                "entities never leave their package",
                this::entities,
                type -> Stream.concat(
                        type.getDirectDependenciesToSelf().stream()
                                .map(dependency -> dependency.getOriginClass())
                                .filter(user -> !user.getPackage().equals(type.getPackage()))
                                .map(user -> user.getName() + " uses " + type.getName()),
                        type.getPackage().getClasses().stream()
                                .filter(neighbour -> neighbour.getModifiers().contains(JavaModifier.PUBLIC))
                                .flatMap(neighbour -> neighbour.getMethods().stream())
                                .filter(method -> isOffered(method) && mentions(method, type))
                                .map(method -> method.getFullName() + " hands out " + type.getName())));
    }

    private List<JavaClass> entities(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.getPackageName().startsWith(base + '.'))
                .filter(type -> Stream.of(Entity.class, Embeddable.class, MappedSuperclass.class)
                        .anyMatch(type::isAnnotatedWith))
                .toList();
    }

    private static boolean isOffered(JavaMethod method) {
        return method.getModifiers().contains(JavaModifier.PUBLIC)
                || method.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static boolean mentions(JavaMethod method, JavaClass type) {
        return Stream.concat(
                        method.getReturnType().getAllInvolvedRawTypes().stream(),
                        method.getParameterTypes().stream().flatMap(p -> p.getAllInvolvedRawTypes().stream()))
                .anyMatch(type::equals);
    }
}
