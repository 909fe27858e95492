package org.xietong.record;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The components of a Java record, to read them by name and to build a copy with some of them replaced. */
final class Components {
    private static final Map<Class<?>, Components> KNOWN = new ConcurrentHashMap<>();

    private final List<RecordComponent> components;
    private final Constructor<?> constructor;

    private Components(Class<?> type) {
        components = List.of(type.getRecordComponents());
        Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            components.forEach(component -> component.getAccessor().setAccessible(true));
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName(), e);
        }
    }

    static Components of(Class<?> type) {
        return KNOWN.computeIfAbsent(type, Components::new);
    }

    List<RecordComponent> all() {
        return components;
    }

    static @Nullable Object read(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("unreadable component " + component.getName(), e);
        }
    }

    /** A copy with each component's value put through the change; the same object where nothing changed. */
    static <R> R map(R record, Change change) {
        Components of = of(record.getClass());
        @Nullable
        Object[] before =
                of.components.stream().map(component -> read(component, record)).toArray();
        @Nullable Object[] after = new @Nullable Object[before.length];
        for (int i = 0; i < before.length; i++) {
            after[i] = change.apply(of.components.get(i), before[i]);
        }
        return Arrays.equals(before, after) ? record : of.build(after);
    }

    @SuppressWarnings("unchecked") // a record's constructor builds that record
    private <R> R build(@Nullable Object[] values) {
        try {
            return (R) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constructor.getDeclaringClass().getName(), e);
        }
    }

    /** What becomes of one component. */
    @FunctionalInterface
    interface Change {
        @Nullable
        Object apply(RecordComponent component, @Nullable Object value);
    }
}
