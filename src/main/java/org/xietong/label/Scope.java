package org.xietong.label;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.xietong.identifier.ZhName;

/**
 * Who may know 知悉范围, beside the owner and statutory readers. Empty means: all whom the policy names. A scope never opens
 * anything; it only shuts out whom it does not list. Sets are sorted, so that equal scopes have equal JSON.
 *
 * @param units ids of units
 * @param persons ids of officers; one counts only where he signs with his own key (I11)
 */
public record Scope(
        @ZhName("知悉单位") Set<String> units, @ZhName("知悉人员") Set<String> persons) {

    /** No narrowing. */
    public static final Scope EVERYONE = new Scope(Set.of(), Set.of());

    public Scope {
        units = sorted(units);
        persons = sorted(persons);
    }

    @JsonIgnore
    public boolean isEmpty() {
        return units.isEmpty() && persons.isEmpty();
    }

    /** Whether {@code wider} lists somebody whom this scope shuts out. */
    public boolean isWidenedBy(Scope wider) {
        if (isEmpty()) {
            return false;
        }
        return wider.isEmpty() || !units.containsAll(wider.units) || !persons.containsAll(wider.persons);
    }

    /** Who is in both, neither of them empty; a unit and one of its officers have nothing in common here. */
    Scope common(Scope other) {
        Set<String> both = new TreeSet<>(units);
        both.retainAll(other.units);
        Set<String> people = new TreeSet<>(persons);
        people.retainAll(other.persons);
        return new Scope(both, people);
    }

    private static Set<String> sorted(Collection<String> ids) {
        return ids == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(ids));
    }
}
