package org.xietong.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The records that leave or enter through resource methods: what these name, and whatever is reached from there. */
final class WireRecords {
    private final Set<Class<?>> records = new LinkedHashSet<>();

    private WireRecords() {}

    /** @param classes among them those that give a resource its type arguments, as {@code ClueResource} gives {@code Clue} */
    static Set<Class<?>> of(List<JavaMethod> methods, List<JavaClass> classes) {
        WireRecords walk = new WireRecords();
        Set<Class<?>> resources = new LinkedHashSet<>();
        for (JavaMethod method : methods) {
            Method reflected = method.reflect();
            resources.add(reflected.getDeclaringClass());
            walk.visit(reflected.getGenericReturnType());
            Stream.of(reflected.getParameters())
                    .filter(WireRecords::isBody)
                    .map(Parameter::getParameterizedType)
                    .forEach(walk::visit);
        }
        for (JavaClass type : classes) {
            if (type.reflect().getGenericSuperclass() instanceof ParameterizedType parent
                    && resources.contains((Class<?>) parent.getRawType())) {
                Stream.of(parent.getActualTypeArguments()).forEach(walk::visit);
            }
        }
        return walk.records;
    }

    private static boolean isBody(Parameter parameter) {
        return Stream.of(PathParam.class, QueryParam.class, BeanParam.class).noneMatch(parameter::isAnnotationPresent);
    }

    private void visit(Type type) {
        switch (type) {
            case Class<?> plain -> visitClass(plain);
            case ParameterizedType generic -> {
                visit(generic.getRawType());
                Stream.of(generic.getActualTypeArguments()).forEach(this::visit);
            }
            case GenericArrayType array -> visit(array.getGenericComponentType());
            case WildcardType wildcard -> Stream.of(wildcard.getUpperBounds()).forEach(this::visit);
            case TypeVariable<?> variable -> {}
            default -> throw new IllegalArgumentException("an unknown form of type: " + type);
        }
    }

    private void visitClass(Class<?> type) {
        if (type.isArray()) {
            visit(type.getComponentType());
        }
        if (type.isSealed()) {
            Stream.of(type.getPermittedSubclasses()).forEach(this::visit);
        }
        if (type.isRecord() && type.getName().startsWith("org.xietong.") && records.add(type)) {
            Stream.of(type.getRecordComponents())
                    .map(RecordComponent::getGenericType)
                    .forEach(this::visit);
        }
    }
}
