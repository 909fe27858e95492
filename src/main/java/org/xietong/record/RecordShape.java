package org.xietong.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.xietong.problem.FieldFault;

/**
 * Compares a JSON tree with the Java records that shall take it, and collects every unknown field and every value of the wrong
 * form. Where it finds nothing, binding the tree cannot fail. Null and absence are one: what must be there is told by constraints.
 */
final class RecordShape {
    static final String UNKNOWN_FIELD = "UNKNOWN_FIELD";
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
    private static final Map<Class<?>, Map<String, Type>> COMPONENTS = new ConcurrentHashMap<>();

    private RecordShape() {}

    static List<FieldFault> faults(JsonNode tree, Type type, String pointer) {
        List<FieldFault> faults = new ArrayList<>();
        check(tree, type, pointer, faults);
        return faults;
    }

    private static void check(JsonNode node, Type type, String at, List<FieldFault> faults) {
        if (node.isNull()) {
            return;
        }
        if (type instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw
                && raw.isRecord()) {
            checkRecord(node, raw, variables(raw, generic), at, faults);
        } else if (type instanceof ParameterizedType generic) {
            checkCollection(node, generic, at, faults);
        } else if (type instanceof Class<?> raw && raw.isRecord()) {
            checkRecord(node, raw, Map.of(), at, faults);
        } else if (type instanceof Class<?> raw) {
            String rule = scalarFault(node, raw);
            if (!rule.isEmpty()) {
                faults.add(new FieldFault(at, rule));
            }
        } else {
            throw new IllegalArgumentException("no JSON form for " + type);
        }
    }

    /** What the type variables of a generic record stand for, e.g. a draft's content. */
    private static Map<Type, Type> variables(Class<?> raw, ParameterizedType generic) {
        Map<Type, Type> bound = new LinkedHashMap<>();
        for (int i = 0; i < raw.getTypeParameters().length; i++) {
            bound.put(raw.getTypeParameters()[i], generic.getActualTypeArguments()[i]);
        }
        return bound;
    }

    private static void checkRecord(
            JsonNode node, Class<?> raw, Map<Type, Type> variables, String at, List<FieldFault> faults) {
        if (!node.isObject()) {
            faults.add(new FieldFault(at, "TYPE"));
            return;
        }
        Map<String, Type> components = COMPONENTS.computeIfAbsent(raw, RecordShape::components);
        node.properties().forEach(field -> {
            String pointer = Pointers.child(at, field.getKey());
            Type component = components.get(field.getKey());
            if (component == null) {
                faults.add(new FieldFault(pointer, UNKNOWN_FIELD));
            } else {
                check(field.getValue(), variables.getOrDefault(component, component), pointer, faults);
            }
        });
    }

    private static void checkCollection(JsonNode node, ParameterizedType type, String at, List<FieldFault> faults) {
        Type raw = type.getRawType();
        if (raw == Map.class) {
            throw new IllegalArgumentException("a map has no fixed form: " + type);
        }
        if (raw != List.class && raw != Set.class) {
            throw new IllegalArgumentException("no JSON form for " + type);
        }
        if (!node.isArray()) {
            faults.add(new FieldFault(at, "TYPE"));
            return;
        }
        for (int i = 0; i < node.size(); i++) {
            if (node.get(i).isNull()) {
                faults.add(new FieldFault(at + "/" + i, "REQUIRED"));
            } else {
                check(node.get(i), type.getActualTypeArguments()[0], at + "/" + i, faults);
            }
        }
    }

    /** The rule that a scalar breaks, or "". Each Java type has exactly one JSON form; nothing is coerced. */
    private static String scalarFault(JsonNode node, Class<?> raw) {
        if (raw == Boolean.class || raw == boolean.class) {
            return node.isBoolean() ? "" : "TYPE";
        }
        if (raw == Long.class || raw == long.class) {
            return node.isIntegralNumber() ? "" : "TYPE";
        }
        if (raw == Integer.class || raw == int.class) {
            return !node.isIntegralNumber() ? "TYPE" : node.canConvertToInt() ? "" : "NUMBER";
        }
        if (raw == JsonNode.class) {
            return "";
        }
        if (!node.isTextual()) {
            return "TYPE";
        }
        String text = node.textValue();
        if (raw == String.class) {
            return "";
        }
        if (raw.isEnum()) {
            boolean known = Arrays.stream(raw.getEnumConstants())
                    .anyMatch(constant -> ((Enum<?>) constant).name().equals(text));
            return known ? "" : "UNKNOWN_CODE";
        }
        if (raw == UUID.class) {
            return UUID_FORM.matcher(text).matches() ? "" : "FORMAT";
        }
        return timeFault(text, raw);
    }

    private static String timeFault(String text, Class<?> raw) {
        try {
            if (raw == LocalDate.class) {
                return inRange(LocalDate.parse(text).getYear());
            }
            if (raw == OffsetDateTime.class) {
                return inRange(OffsetDateTime.parse(text).getYear());
            }
        } catch (DateTimeException malformed) {
            return "FORMAT";
        }
        throw new IllegalArgumentException("no JSON form for " + raw);
    }

    /** RFC 3339 years have four digits; before 1900 nothing here can have happened. */
    private static String inRange(int year) {
        return year >= 1900 && year <= 9999 ? "" : "DATE";
    }

    private static Map<String, Type> components(Class<?> raw) {
        Map<String, Type> types = new LinkedHashMap<>();
        for (RecordComponent component : raw.getRecordComponents()) {
            types.put(component.getName(), component.getGenericType());
        }
        return Map.copyOf(types);
    }
}
