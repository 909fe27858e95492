package org.xietong.deadline;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.xietong.label.StrictYaml;

/** The rules about time in force with this version; anything malformed, ambiguous or overlapping there refuses the start (I10). */
public final class RuleBook {
    private static final String FILE = "law/deadlines.yaml";

    private final Map<String, List<Rule>> versions = new LinkedHashMap<>();
    private final Set<String> mentioned = new HashSet<>();

    RuleBook(List<Rule> rules) {
        for (Rule rule : rules) {
            rule.fault().ifPresent(fault -> {
                throw new IllegalStateException(FILE + ": rule " + rule.id() + " " + fault);
            });
            List<Rule> sameId = versions.computeIfAbsent(rule.id(), id -> new ArrayList<>());
            if (sameId.stream().anyMatch(other -> overlap(other, rule))) {
                throw new IllegalStateException(FILE + ": two versions of rule " + rule.id() + " are in force at once");
            }
            sameId.add(rule);
            rule.triggers().forEach(trigger -> trigger.acts().forEach(act -> mentioned.add(key(trigger.kind(), act))));
        }
    }

    /**
     * The rules that ship with the product.
     *
     * @param option applies what the configuration decides
     */
    public static RuleBook load(UnaryOperator<Rule> option) {
        return new RuleBook(
                StrictYaml.read(FILE, Rules.class).rules().stream().map(option).toList());
    }

    /** All versions of all rules, in the order of the file. */
    public List<Rule> all() {
        return versions.values().stream().flatMap(Collection::stream).toList();
    }

    /** The version in force on the day on which its clock starts. */
    Optional<Rule> inForce(String id, LocalDate day) {
        return versions.getOrDefault(id, List.of()).stream()
                .filter(rule -> rule.inForce(day))
                .findFirst();
    }

    Rule last(String id) {
        return versions.getOrDefault(id, List.of()).getLast();
    }

    /** The versions of each rule. */
    Map<String, List<Rule>> versions() {
        return versions;
    }

    /** Whether any rule waits for such an act. */
    boolean mentions(String kind, String act) {
        return kind.equals(CaseEvent.ORDER_KIND) || mentioned.contains(key(kind, act));
    }

    private static String key(String kind, String act) {
        return kind + ' ' + act;
    }

    private static boolean overlap(Rule one, Rule other) {
        boolean before = one.validTo() != null
                && other.validFrom() != null
                && one.validTo().isBefore(other.validFrom());
        boolean after = other.validTo() != null
                && one.validFrom() != null
                && other.validTo().isBefore(one.validFrom());
        return !before && !after;
    }

    private record Rules(List<Rule> rules) {}
}
