package org.xietong.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rooms from top to bottom and what each may use.
 *
 * @param base package that the rooms stand in
 */
record Rooms(String base) {
    /** See {@code docs/adr/0007-order-of-rooms.md}. */
    static final List<String> TOP_TO_BOTTOM = List.of(
            "app",
            "kind",
            "api",
            "exchange",
            "audit",
            "record",
            "deadline",
            "threshold",
            "matter",
            "policy",
            "agency",
            "ledger",
            "witness",
            "client",
            "evidence",
            "crypto",
            "label",
            "identifier",
            "problem");

    private static final Set<String> KNOW_NO_CASE = Set.of("ledger", "witness", "client", "crypto");
    private static final Set<String> OF_EVIDENCE = Set.of("evidence", "crypto");
    private static final Set<String> OF_CASES = Set.of("kind", "record", "matter", "policy", "label");
    private static final Set<String> ASK_NO_DATABASE = Set.of("kind", "api");
    private static final List<String> DATABASE = List.of(
            "java.sql.", "javax.sql.", "jakarta.persistence.", "io.agroal.", "org.hibernate.", "org.postgresql.");

    Rule<JavaClass> everyClassStandsInARoom() {
        return Rule.of(
                "every class stands in a room",
                this::all,
                type -> TOP_TO_BOTTOM.contains(room(type))
                        ? Stream.empty()
                        : Stream.of(type.getName() + " stands in no room"));
    }

    Rule<JavaClass> aRoomUsesOnlyWhatStandsBelowIt() {
        return Rule.of(
                "a room uses only what stands below it",
                classes -> all(classes).stream()
                        .filter(type -> TOP_TO_BOTTOM.contains(room(type)))
                        .toList(),
                type -> neighbours(type)
                        .filter(used -> level(used) < level(type))
                        .map(used -> type.getName() + " reaches up to " + used.getName()));
    }

    Rule<JavaClass> onlyCryptoKnowsBouncyCastle() {
        return Rule.of(
                "only crypto knows Bouncy Castle",
                classes -> all(classes).stream()
                        .filter(type -> !room(type).equals("crypto"))
                        .toList(),
                type -> uses(type, List.of("org.bouncycastle.")));
    }

    Rule<JavaClass> ledgerCryptoAndClientKnowNoCase() {
        return Rule.of(
                "ledger, crypto and client know no case",
                classes -> all(classes).stream()
                        .filter(type -> KNOW_NO_CASE.contains(room(type)))
                        .toList(),
                type -> neighbours(type)
                        .filter(used -> OF_CASES.contains(room(used)))
                        .map(used -> type.getName() + " knows " + used.getName()));
    }

    /** So that the offline verifier is two rooms and Bouncy Castle (I6). */
    Rule<JavaClass> evidenceUsesCryptoAndTheJdkAlone() {
        return Rule.of(
                "evidence uses crypto and the JDK alone",
                classes -> all(classes).stream()
                        .filter(type -> room(type).equals("evidence"))
                        .toList(),
                type -> type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(used -> !used.isPrimitive() && !isOfEvidence(used))
                        .distinct()
                        .map(used -> type.getName() + " uses " + used.getName()));
    }

    /** What the resources give out comes from the rooms below, which decide and redact (I1). */
    Rule<JavaClass> kindsAndResourcesAskNoDatabase() {
        return Rule.of(
                "kinds and resources ask no database",
                classes -> all(classes).stream()
                        .filter(type -> ASK_NO_DATABASE.contains(room(type)))
                        .toList(),
                type -> uses(type, DATABASE));
    }

    /** Server logs go through one logger, which the operator can set; nothing prints (I4). */
    Rule<JavaClass> onlyAppPrints() {
        return Rule.of(
                "only app prints",
                classes -> all(classes).stream()
                        .filter(type -> !room(type).equals("app"))
                        .toList(),
                type -> Stream.concat(
                        uses(type, List.of("java.util.logging.")),
                        Stream.concat(
                                type.getFieldAccessesFromSelf().stream()
                                        .filter(access ->
                                                access.getTargetOwner().isEquivalentTo(System.class))
                                        .map(access -> access.getDescription()),
                                type.getMethodCallsFromSelf().stream()
                                        .filter(call -> call.getName().equals("printStackTrace"))
                                        .map(call -> call.getDescription()))));
    }

    Rule<JavaClass> everyPackageIsNullMarked() {
        return Rule.of(
                "every package is @NullMarked",
                this::all,
                type -> type.getPackage().isAnnotatedWith(NullMarked.class)
                        ? Stream.empty()
                        : Stream.of(type.getName() + " stands in a package that is not @NullMarked"));
    }

    private boolean isOfEvidence(JavaClass used) {
        return OF_EVIDENCE.contains(room(used))
                || used.getName().startsWith("java.")
                || used.getName().startsWith("org.jspecify.annotations.");
    }

    private List<JavaClass> all(JavaClasses classes) {
        return classes.stream().filter(this::isOurs).toList();
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(base + '.');
    }

    private String room(JavaClass type) {
        return Optional.of(type.getPackageName())
                .filter(name -> name.startsWith(base + '.'))
                .map(name -> name.substring(base.length() + 1).split("\\.")[0])
                .orElse("");
    }

    private int level(JavaClass type) {
        return TOP_TO_BOTTOM.indexOf(room(type));
    }

    private Stream<JavaClass> neighbours(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(this::isOurs)
                .distinct();
    }

    private static Stream<String> uses(JavaClass type, List<String> packages) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency ->
                        dependency.getTargetClass().getBaseComponentType().getName())
                .filter(name -> packages.stream().anyMatch(name::startsWith))
                .distinct()
                .map(name -> type.getName() + " uses " + name);
    }
}
