package org.xietong.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.validation.Validator;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Reads what a caller sent into the Java records of the wire, or refuses it with all faults at once: every unknown field
 * ({@code UNKNOWN_FIELD}), else every value of the wrong form, else every broken constraint ({@code INVALID_CONTENT}). Faults carry
 * pointer and rule, never a value. Thread-safe.
 */
public final class ContentReader {
    private static final int MAX_FAULTS = 100;
    private static final ObjectMapper BINDER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .build();

    private final StrictJson json;
    private final Validator validator;

    public ContentReader(StrictJson json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** A whole body as a record of the wire, checked by its constraints. */
    public <T extends Record> T read(byte[] body, Class<T> type) {
        return bind(json.parse(body), type, "");
    }

    /** A draft or act with the content of a kind; whether it fits the record's state is asked by {@link #check}. */
    public <T> T bind(JsonNode tree, Class<T> generic, Class<? extends Content> content) {
        JavaType type = BINDER.getTypeFactory().constructParametricType(generic, content);
        T bound = form(tree, new Parameterized(generic, content), type, "");
        refuse(ProblemType.INVALID_CONTENT, Violations.faults(validator.validate(bound), ""));
        return bound;
    }

    /** A part of a body, already parsed by {@link StrictJson}; faults point below {@code pointer}. */
    public <T extends Record> T bind(JsonNode tree, Class<T> type, String pointer) {
        T bound = form(tree, type, pointer);
        refuse(ProblemType.INVALID_CONTENT, Violations.faults(validator.validate(bound), pointer));
        return bound;
    }

    /**
     * A content in its stored form.
     *
     * @param state the state that the record is in, the initial one for a new record: fields must agree with it
     */
    public <C extends Record & Content> C content(JsonNode tree, Class<C> kind, String state, String pointer) {
        C content = form(tree, kind, pointer);
        check(content, state, pointer);
        return kind.cast(content.normalised());
    }

    /** The cross-field rules of a content whose single constraints hold: it was bound by this reader. */
    public void agrees(Content content, String state, String pointer) {
        refuse(
                ProblemType.INVALID_CONTENT,
                faults(content, state).stream()
                        .map(fault -> new FieldFault(pointer + fault.field(), fault.rule()))
                        .distinct()
                        .toList());
    }

    /** All constraints and cross-field rules of a content at once; for contents that an act has changed, too. */
    public void check(Content content, String state, String pointer) {
        List<FieldFault> faults = new ArrayList<>(Violations.faults(validator.validate(content), pointer));
        for (FieldFault fault : faults(content, state)) {
            faults.add(new FieldFault(pointer + fault.field(), fault.rule()));
        }
        refuse(ProblemType.INVALID_CONTENT, faults.stream().distinct().toList());
    }

    private static List<FieldFault> faults(Content content, String state) {
        List<FieldFault> faults = new ArrayList<>(Contents.references(content));
        faults.addAll(content.check(state));
        return faults;
    }

    private static <T extends Record> T form(JsonNode tree, Class<T> type, String pointer) {
        return form(tree, type, BINDER.constructType(type), pointer);
    }

    private static <T> T form(JsonNode tree, Type shape, JavaType type, String pointer) {
        List<FieldFault> faults =
                tree.isNull() ? List.of(new FieldFault(pointer, "REQUIRED")) : RecordShape.faults(tree, shape, pointer);
        List<FieldFault> unknown = faults.stream()
                .filter(fault -> fault.rule().equals(RecordShape.UNKNOWN_FIELD))
                .toList();
        refuse(ProblemType.UNKNOWN_FIELD, unknown);
        refuse(ProblemType.INVALID_CONTENT, faults);
        try {
            return BINDER.treeToValue(tree, type);
        } catch (JsonProcessingException unforeseen) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault(pointer, "FORMAT"));
        }
    }

    private static void refuse(ProblemType type, List<FieldFault> faults) {
        if (!faults.isEmpty()) {
            throw new ProblemException(type, faults.subList(0, Math.min(faults.size(), MAX_FAULTS)));
        }
    }

    /** {@code Draft<Clue>} as a type. */
    private record Parameterized(Class<?> raw, Type argument) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {argument};
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }
}
