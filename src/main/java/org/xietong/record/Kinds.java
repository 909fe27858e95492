package org.xietong.record;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All kinds of this build. Two with the same code stop the start. */
public final class Kinds {
    private final Map<String, Kind<?>> byCode;

    public Kinds(List<Kind<?>> kinds) {
        byCode = kinds.stream().collect(Collectors.toUnmodifiableMap(Kind::code, Function.identity()));
    }

    public Kind<?> byCode(String code) {
        Kind<?> kind = byCode.get(code);
        if (kind == null) {
            throw new IllegalArgumentException("unknown kind");
        }
        return kind;
    }

    public Collection<Kind<?>> all() {
        return byCode.values();
    }
}
