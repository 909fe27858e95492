package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All kinds of this build. Two with the same code stop the start. */
@ApplicationScoped
public class Kinds {
    private final Map<String, Kind<?>> byCode;
    private final Map<Class<?>, Kind<?>> byContent;

    Kinds(Instance<Kind<?>> kinds) {
        byCode = kinds.stream().collect(Collectors.toUnmodifiableMap(Kind::code, Function.identity()));
        byContent =
                byCode.values().stream().collect(Collectors.toUnmodifiableMap(Kind::contentType, Function.identity()));
    }

    public Kind<?> byCode(String code) {
        Kind<?> kind = byCode.get(code);
        if (kind == null) {
            throw new IllegalArgumentException("unknown kind");
        }
        return kind;
    }

    @SuppressWarnings("unchecked") // a kind is stored under its own content type
    public <C extends Content> Kind<C> of(Class<C> content) {
        Kind<?> kind = byContent.get(content);
        if (kind == null) {
            throw new IllegalArgumentException("no kind for " + content.getName());
        }
        return (Kind<C>) kind;
    }

    public Collection<Kind<?>> all() {
        return byCode.values();
    }
}
