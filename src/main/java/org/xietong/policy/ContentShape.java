package org.xietong.policy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.label.Caveat;

/**
 * The fields of a kind's content record: what each needs to be shown, and how to read and to build it. Made once per kind, at
 * start; a content that could not be redacted stops the start.
 */
public final class ContentShape {
    private final Class<? extends Record> type;
    private final List<Field> fields;
    private final MethodHandle constructor;

    private ContentShape(Class<? extends Record> type, List<Field> fields, MethodHandle constructor) {
        this.type = type;
        this.fields = fields;
        this.constructor = constructor;
    }

    /**
     * @param least the least view that shows the field
     * @param caveats that must be opened for it to be shown as it is; of a maskable one the personal ones always
     * @param maskable whether it, or each element of its list, can be shown masked
     * @param parts the shape of the value, or of each element of its list, where its own components declare views
     * @param ofParticipant whether it, or each element of its list, concerns one participant
     */
    record Field(
            String name,
            View least,
            Set<Caveat> caveats,
            boolean maskable,
            boolean ofParticipant,
            boolean list,
            Optional<ContentShape> parts,
            MethodHandle accessor) {}

    /**
     * @throws PolicyException where a component has no {@link Shown}, is primitive, or may not be null in the constructor:
     *     what is hidden is null
     */
    public static ContentShape of(Class<? extends Record> type) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            RecordComponent[] components = type.getRecordComponents();
            List<Field> fields = new ArrayList<>();
            for (RecordComponent component : components) {
                fields.add(field(type, component, lookup));
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            ContentShape shape = new ContentShape(type, List.copyOf(fields), constructor);
            shape.probe();
            return shape;
        } catch (ReflectiveOperationException e) {
            throw new PolicyException(type.getSimpleName() + ": cannot be redacted", e);
        }
    }

    public Class<? extends Record> type() {
        return type;
    }

    /** The names of the fields, in the order of the record. */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    List<Field> fields() {
        return fields;
    }

    @Nullable
    Object read(Field field, Record content) {
        try {
            return (Object) field.accessor().invokeExact((Object) content);
        } catch (Throwable e) {
            throw new IllegalStateException(type.getSimpleName() + "." + field.name() + " cannot be read", e);
        }
    }

    Record build(@Nullable Object[] values) {
        try {
            return (Record) (Object) constructor.invokeExact(values);
        } catch (Throwable e) {
            throw new IllegalStateException(type.getSimpleName() + " cannot be built", e);
        }
    }

    private void probe() {
        try {
            build(new @Nullable Object[fields.size()]);
        } catch (IllegalStateException e) {
            throw new PolicyException(type.getSimpleName() + ": its constructor refuses hidden fields", e);
        }
    }

    private static Field field(Class<?> type, RecordComponent component, MethodHandles.Lookup lookup)
            throws IllegalAccessException {
        String name = type.getSimpleName() + "." + component.getName();
        Shown shown = component.getAnnotation(Shown.class);
        if (shown == null) {
            throw new PolicyException(name + ": declares no view (@Shown)");
        }
        if (component.getType().isPrimitive()) {
            throw new PolicyException(name + ": is primitive and cannot be hidden");
        }
        boolean list = List.class.isAssignableFrom(component.getType());
        Class<?> element = list ? elementOf(component.getGenericType()) : component.getType();
        boolean maskable = Maskable.class.isAssignableFrom(element);
        EnumSet<Caveat> caveats = EnumSet.noneOf(Caveat.class);
        caveats.addAll(Arrays.asList(shown.caveats()));
        if (maskable) {
            caveats.addAll(Maskable.PERSONAL);
        }
        return new Field(
                component.getName(),
                shown.value(),
                caveats,
                maskable,
                OfParticipant.class.isAssignableFrom(element),
                list,
                parts(name, element),
                lookup.unreflect(component.getAccessor()).asType(MethodType.methodType(Object.class, Object.class)));
    }

    /** Parts lie within one field, whose caveats hold for all of it; they tell views apart, and nothing else. */
    private static Optional<ContentShape> parts(String name, Class<?> element) {
        boolean declared = element.isRecord()
                && Arrays.stream(element.getRecordComponents())
                        .anyMatch(component -> component.isAnnotationPresent(Shown.class));
        if (!declared) {
            return Optional.empty();
        }
        ContentShape shape = of(element.asSubclass(Record.class));
        boolean plain = shape.fields().stream()
                .allMatch(part -> part.caveats().isEmpty()
                        && !part.ofParticipant()
                        && part.parts().isEmpty());
        if (!plain) {
            throw new PolicyException(name + ": its parts may declare a view and nothing else");
        }
        return Optional.of(shape);
    }

    private static Class<?> elementOf(Type generic) {
        Type element = generic instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[0]
                : generic;
        if (element instanceof WildcardType wildcard) {
            element = wildcard.getUpperBounds()[0];
        }
        if (element instanceof ParameterizedType parameterized) {
            element = parameterized.getRawType();
        }
        return element instanceof Class<?> raw ? raw : Object.class;
    }
}
