package org.xietong.record;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xietong.label.StateSecretGuard;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Reads the bodies of writes: strict JSON, the state-secret guard (I7) before anything else looks at it, then form and
 * constraints. The kind comes from the path, never from the body.
 */
@ApplicationScoped
public class DraftReader {
    private final StrictJson json = new StrictJson(StrictJson.DEFAULT_MAX_DEPTH, StrictJson.DEFAULT_MAX_BYTES);
    private final StateSecretGuard guard = StateSecretGuard.load();
    private final ContentReader reader;

    DraftReader(Validator validator) {
        reader = new ContentReader(json, validator);
    }

    /** A {@code Draft} or {@code ActDraft} of the content. */
    public <T> T read(byte[] body, Class<T> generic, Class<? extends Content> content) {
        return reader.bind(guarded(body), generic, content);
    }

    /** Any other record of the wire. */
    public <T extends Record> T read(byte[] body, Class<T> type) {
        return reader.bind(guarded(body), type, "");
    }

    /** Whether a content fits the state that it is in, or shall be in. */
    void check(Content content, String state) {
        reader.check(content, state, "/content");
    }

    /** As {@link #check}, for a content that came with {@link #read} and was not changed since. */
    void agrees(Content content, String state) {
        reader.agrees(content, state, "/content");
    }

    /** Whether every reference within the content leads somewhere. */
    void references(Content content) {
        refuse(Contents.references(content).stream()
                .map(fault -> new FieldFault("/content" + fault.field(), fault.rule()))
                .toList());
    }

    /** Fields that an act leaves no choice about. */
    void require(Content content, Set<String> fields) {
        List<FieldFault> faults = new ArrayList<>();
        for (RecordComponent component : Components.of(content.getClass()).all()) {
            if (fields.contains(component.getName()) && Components.read(component, content) == null) {
                faults.add(new FieldFault("/content/" + component.getName(), "REQUIRED"));
            }
        }
        refuse(faults);
    }

    private static void refuse(List<FieldFault> faults) {
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }

    private JsonNode guarded(byte[] body) {
        JsonNode tree = json.parse(body);
        guard.refuse(tree);
        return tree;
    }
}
