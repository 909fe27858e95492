package org.xietong.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules of the architecture. Each holds in the product, concerns something there, and fails on the classes of
 * {@code fixture} that break it and on no others.
 */
class ArchitectureTest {
    private static final String PRODUCT = "org.xietong";
    private static final String FIXTURE = "org.xietong.architecture.fixture";

    private static final JavaClasses PRODUCT_CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(PRODUCT);
    private static final JavaClasses FIXTURE_CLASSES = new ClassFileImporter().importPackages(FIXTURE);

    /** A rule, for whichever base package, and what of the fixture breaks it. */
    private record Case(Function<String, Rule<?>> rule, Set<String> offenders) {
        @Override
        public String toString() {
            return rule.apply(PRODUCT).toString();
        }
    }

    static Stream<Case> rules() {
        return Stream.of(
                of(base -> new Rooms(base).everyClassStandsInARoom(), "attic.Roomless", "attic.package-info"),
                of(base -> new Rooms(base).aRoomUsesOnlyWhatStandsBelowIt(), "problem.ReachesUp"),
                of(base -> new Rooms(base).onlyCryptoKnowsBouncyCastle(), "ledger.OpensBouncyCastle"),
                of(base -> new Rooms(base).ledgerCryptoAndClientKnowNoCase(), "ledger.KnowsACase"),
                of(
                        base -> new Rooms(base).evidenceUsesCryptoAndTheJdkAlone(),
                        "evidence.NeedsJackson",
                        "evidence.AsksAboutSecrecy"),
                of(base -> new Rooms(base).kindsAndResourcesAskNoDatabase(), "api.AsksTheDatabase"),
                of(base -> new Rooms(base).onlyAppPrints(), "policy.Prints", "policy.LogsBesideTheLogger"),
                of(base -> new Rooms(base).everyPackageIsNullMarked(), "identifier.Unmarked"),
                of(base -> new Entities(base).entitiesAreSeenByTheirPackageOnly(), "record.PublicEntity"),
                of(
                        base -> new Entities(base).entitiesNeverLeaveTheirPackage(),
                        "record.HandsOutAnEntity",
                        "exchange.UsesAnEntity"),
                of(
                        base -> new Resources(base).everyResourceMethodIsExchangedOrOpen(),
                        "api.StrayResource.neither",
                        "api.StrayResource.both"),
                of(base -> new Resources(base).everyExchangeRunsOnAVirtualThread(), "api.StrayResource.onTheEventLoop"),
                of(base -> new Resources(base).noBeanLivesForOneRequest(), "exchange.LivesForOneRequest"),
                of(base -> new Resources(base).injectedFieldsHoldNoRequest(), "exchange.HoldsARequest.current"),
                of(base -> new Contents(base).everyContentIsARecordOfKind(), "matter.StrayContent"),
                of(base -> new Contents(base).everyContentFieldDeclaresItsView(), "kind.UndeclaredContent.open"),
                of(
                        base -> new Contents(base).everyFieldOnTheWireHasAChineseName(),
                        "api.NamelessView.nameless",
                        "kind.UndeclaredContent.open"));
    }

    private static Case of(Function<String, Rule<?>> rule, String... offenders) {
        return new Case(rule, Set.of(offenders));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holdsInTheProduct(Case each) {
        each.rule().apply(PRODUCT).check(PRODUCT_CLASSES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void concernsSomethingInTheProduct(Case each) {
        assertFalse(each.rule().apply(PRODUCT).subjectsIn(PRODUCT_CLASSES).isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void failsOnItsFixtureAlone(Case each) {
        List<String> faults = each.rule().apply(FIXTURE).faultsIn(FIXTURE_CLASSES);
        for (String offender : each.offenders()) {
            assertTrue(
                    faults.stream().anyMatch(fault -> names(fault, offender)), offender + " passes; found: " + faults);
        }
        List<String> others = faults.stream()
                .filter(fault -> each.offenders().stream().noneMatch(offender -> names(fault, offender)))
                .toList();
        assertEquals(List.of(), others);
    }

    /** So that no room is renamed behind the rules' back. */
    @Test
    void everyRoomIsThere() {
        Set<String> found = PRODUCT_CLASSES.stream()
                .map(type ->
                        type.getPackageName().substring(PRODUCT.length() + 1).split("\\.")[0])
                .collect(Collectors.toSet());
        assertEquals(Set.copyOf(Rooms.TOP_TO_BOTTOM), found);
    }

    private static boolean names(String fault, String offender) {
        return fault.contains(FIXTURE + '.' + offender);
    }
}
