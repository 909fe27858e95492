package org.xietong.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xietong.label.Caveat;
import org.xietong.label.Label;
import org.xietong.label.Level;
import org.xietong.label.Scope;

/** Labels for tests: reviewed ones unless said otherwise. */
final class Labels {
    private Labels() {}

    static Label reviewed(Level level, Scope scope, Caveat... caveats) {
        boolean two = level.needsTwoOfficers();
        return new Label(level, new HashSet<>(List.of(caveats)), scope, null, null, two ? "a" : null, two ? "b" : null);
    }

    static Label pending(Level level, Scope scope) {
        return new Label(level, Set.of(), scope, null, null, "a", null);
    }

    static Label with(Caveat... caveats) {
        return reviewed(Level.INTERNAL, Scope.EVERYONE, caveats);
    }

    static Scope units(String... units) {
        return new Scope(Set.of(units), Set.of());
    }

    static Scope persons(String... persons) {
        return new Scope(Set.of(), Set.of(persons));
    }
}
