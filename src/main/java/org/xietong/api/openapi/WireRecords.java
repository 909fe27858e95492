package org.xietong.api.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.policy.Shown;

/**
 * The Java records behind the document's schemas. SmallRye names a schema after its record, with the type arguments behind
 * ({@code RecordView<Clue>} → {@code RecordViewClue}) and a number where two records share a name; a schema belongs to the record
 * whose name it begins with and whose components are its properties.
 */
final class WireRecords {
    static final String ZH_NAME = "x-zh-name";
    static final String CODE_LIST = "x-code-list";
    /** The least view that shows the field; parts without one show with the field that they are part of. */
    static final String LEAST_VIEW = "x-least-view";

    static final String CAVEATS = "x-caveats";
    private static final DotName NAMED = DotName.createSimple(ZhName.class);
    private static final DotName CODE = DotName.createSimple(Code.class);
    private static final DotName SHOWN = DotName.createSimple(Shown.class);
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);

    private final Map<String, List<ClassInfo>> bySimpleName = new TreeMap<>();
    private final FieldTexts texts = FieldTexts.load();

    WireRecords(IndexView index) {
        Set<ClassInfo> records = new LinkedHashSet<>();
        for (AnnotationInstance name : index.getAnnotations(NAMED)) {
            ClassInfo declaring = declaring(name.target());
            if (declaring != null && declaring.isRecord()) {
                records.add(declaring);
            }
        }
        for (ClassInfo found : records) {
            bySimpleName
                    .computeIfAbsent(found.simpleName(), key -> new ArrayList<>())
                    .add(found);
        }
    }

    /**
     * Adds to the properties what the field dictionary says: Chinese name, English text, code list, least view and caveats. Where a
     * property lacks a name or text, a test finds it.
     */
    void describe(String schemaName, Schema schema) {
        describe(find(schemaName, schema), schema);
    }

    private void describe(Optional<ClassInfo> record, Schema schema) {
        if (schema.getProperties() == null) {
            return;
        }
        record.ifPresent(found -> found.recordComponents()
                .forEach(component -> schema.addProperty(
                        component.name(),
                        described(found, schema.getProperties().get(component.name()), component))));
        schema.getProperties().values().forEach(property -> {
            Schema inline = property.getItems() == null ? property : property.getItems();
            describe(find("", inline), inline);
        });
    }

    /** The properties that an answer always has: those whose component cannot be null. Sorted, so that builds agree. */
    List<String> alwaysThere(String schemaName, Schema schema) {
        return find(schemaName, schema).stream()
                .flatMap(found -> found.recordComponents().stream())
                .filter(component -> !component.type().hasAnnotation(NULLABLE))
                .map(RecordComponentInfo::name)
                .sorted()
                .toList();
    }

    /** The annotation stands on the component, its field and its accessor alike; filtered indexes may hold any of them. */
    private static @Nullable ClassInfo declaring(AnnotationTarget target) {
        return switch (target.kind()) {
            case RECORD_COMPONENT -> target.asRecordComponent().declaringClass();
            case FIELD -> target.asField().declaringClass();
            case METHOD -> target.asMethod().declaringClass();
            case CLASS, METHOD_PARAMETER, TYPE -> null;
        };
    }

    /** The record of a schema: by name and properties, or of one that stands inline (no name) by properties alone. */
    private Optional<ClassInfo> find(String schemaName, Schema schema) {
        Set<String> properties = schema.getProperties() == null
                ? Set.of()
                : schema.getProperties().keySet();
        return bySimpleName.entrySet().stream()
                .filter(candidate -> schemaName.isEmpty() || schemaName.startsWith(candidate.getKey()))
                .sorted(Comparator.comparingInt(candidate -> -candidate.getKey().length()))
                .flatMap(candidate -> candidate.getValue().stream())
                .filter(found -> components(found).equals(properties))
                .findFirst();
    }

    private Schema described(ClassInfo record, @Nullable Schema property, RecordComponentInfo component) {
        Schema described = property == null ? OASFactory.createSchema() : property;
        AnnotationInstance name = component.annotation(NAMED);
        if (name != null) {
            described.addExtension(ZH_NAME, name.value().asString());
        }
        if (described.getDescription() == null) {
            described.setDescription(texts.of(record.simpleName(), component.name()));
        }
        addCodeList(described, component.type());
        addSight(described, component.annotation(SHOWN));
        return described;
    }

    private static void addSight(Schema schema, @Nullable AnnotationInstance shown) {
        if (shown != null) {
            schema.addExtension(LEAST_VIEW, shown.value().asEnum());
            if (shown.value("caveats") != null) {
                schema.addExtension(CAVEATS, List.of(shown.value("caveats").asEnumArray()));
            }
        }
    }

    /** Names the code list of a string, or of the strings of a list. */
    private static void addCodeList(Schema schema, Type type) {
        AnnotationInstance code = type.annotation(CODE);
        if (code != null) {
            schema.addExtension(CODE_LIST, code.value().asString());
        } else if (type.kind() == Type.Kind.PARAMETERIZED_TYPE && schema.getItems() != null) {
            addCodeList(
                    schema.getItems(), type.asParameterizedType().arguments().get(0));
        }
    }

    private static Set<String> components(ClassInfo found) {
        return found.recordComponents().stream().map(RecordComponentInfo::name).collect(Collectors.toSet());
    }
}
