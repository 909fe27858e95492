package org.xietong.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** One line of a bulk request: a draft with its key beside it. */
    @SuppressWarnings("unchecked") // bound with this very content
    <C extends Content> BulkLine<C> line(byte[] body, Class<? extends Content> content) {
        JsonNode tree = guarded(body);
        JsonNode draft = tree.path("draft");
        if (!(tree instanceof ObjectNode line) || !draft.isObject()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/draft", "REQUIRED"));
        }
        BulkLineHead head = reader.bind(line.deepCopy().without("draft"), BulkLineHead.class, "");
        return new BulkLine<>(
                Optional.ofNullable(head.idempotencyKey()), Optional.ofNullable(head.sourceRef()), (Draft<C>)
                        reader.bind(draft, Draft.class, content));
    }

    /**
     * What a line shows before it is read; nothing where it is not even JSON.
     *
     * @param mark the rule of the guard that fires
     */
    record Look(Optional<String> mark, Optional<String> key) {}

    Look look(byte[] line) {
        try {
            JsonNode tree = json.parse(line);
            return new Look(
                    guard.inspect(tree),
                    Optional.ofNullable(tree.path("idempotencyKey").textValue()));
        } catch (ProblemException unreadable) {
            return new Look(Optional.empty(), Optional.empty());
        }
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
        List<FieldFault> faults = missing(content, fields);
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }

    static List<FieldFault> missing(Content content, Set<String> fields) {
        List<FieldFault> faults = new ArrayList<>();
        for (RecordComponent component : Components.of(content.getClass()).all()) {
            if (fields.contains(component.getName()) && Components.read(component, content) == null) {
                faults.add(new FieldFault("/content/" + component.getName(), "REQUIRED"));
            }
        }
        return faults;
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
