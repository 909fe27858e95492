package org.xietong.agency;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tree of units at one moment; immutable. Relations between units are asked here and nowhere else. */
public final class Units {
    private final Map<String, Unit> byId;

    public Units(Collection<Unit> units) {
        Map<String, Unit> map = new LinkedHashMap<>();
        for (Unit unit : units) {
            map.put(unit.id(), unit);
        }
        byId = Map.copyOf(map);
        for (Unit unit : byId.values()) {
            if (unit.parent().isPresent() && !byId.containsKey(unit.parent().get())) {
                throw new IllegalArgumentException("unit " + unit.id() + " has an unknown parent");
            }
            checkNoCycle(unit);
        }
    }

    public Optional<Unit> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Collection<Unit> all() {
        return byId.values();
    }

    /** Whether {@code upper} stands above {@code lower} in the tree of their agency, at any distance. */
    public boolean isSuperior(String upper, String lower) {
        Optional<String> parent = find(lower).flatMap(Unit::parent);
        while (parent.isPresent()) {
            if (parent.get().equals(upper)) {
                return true;
            }
            parent = find(parent.get()).flatMap(Unit::parent);
        }
        return false;
    }

    /** The unit one level up 上一级: the nearest above it in the tree of its agency that serves another division. */
    public Optional<Unit> superiorOf(Unit unit) {
        Optional<Unit> above = unit.parent().flatMap(this::find);
        while (above.isPresent() && above.get().division().equals(unit.division())) {
            above = above.get().parent().flatMap(this::find);
        }
        return above;
    }

    /** Whether both units serve the same administrative division, and so stand on the same level 同级. */
    public boolean sameLevel(String one, String other) {
        Optional<Unit> a = find(one);
        Optional<Unit> b = find(other);
        return a.isPresent()
                && b.isPresent()
                && a.get().division().equals(b.get().division());
    }

    private void checkNoCycle(Unit start) {
        Set<String> seen = new HashSet<>();
        Optional<String> at = Optional.of(start.id());
        while (at.isPresent()) {
            if (!seen.add(at.get())) {
                throw new IllegalArgumentException("unit " + start.id() + " stands above itself");
            }
            at = Optional.ofNullable(byId.get(at.get())).flatMap(Unit::parent);
        }
    }
}
