package org.xietong.label;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Refuses what bears the marks of a state secret 国家秘密, of technical-investigation material, of collegial-panel notes or of
 * an undercover identity (I7; 保守国家秘密法 art. 31(3); 公安机关办理刑事案件程序规定 arts. 173, 269). It tells which rule fired and
 * never repeats the text. It is an aid beside the sender's {@link Declaration}: what bears no mark passes. Thread-safe; a
 * search is linear in the size of the tree.
 */
public final class StateSecretGuard {
    private static final String FILE = "law/state-secret-marks.yaml";

    private final PlainText plainText;
    private final List<SecretMark> marks;

    private StateSecretGuard(PlainText plainText, List<SecretMark> marks) {
        this.plainText = plainText;
        this.marks = marks;
    }

    /** The guard with the marks that ship with the product; marks that cannot be used stop the start. */
    public static StateSecretGuard load() {
        return of(StrictYaml.read(FILE, Content.class));
    }

    static StateSecretGuard of(Content content) {
        Map<Integer, Integer> simplified = new HashMap<>();
        for (String pair : content.simplified().split("\\s+")) {
            int[] both = pair.codePoints().toArray();
            if (both.length != 2) {
                throw new IllegalStateException(FILE + ": not a pair of characters");
            }
            simplified.put(both[0], both[1]);
        }
        return new StateSecretGuard(
                new PlainText(simplified),
                content.marks().stream().map(SecretMark::compile).toList());
    }

    /** The rule that a key or string of the tree breaks, if one does. */
    public Optional<String> inspect(JsonNode tree) {
        Deque<Entry> open = new ArrayDeque<>();
        open.push(new Entry("", tree));
        while (!open.isEmpty()) {
            Entry entry = open.pop();
            JsonNode node = entry.node();
            Optional<String> rule = Optional.empty();
            if (node.isObject()) {
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    String key = plainText.of(field.getKey());
                    rule = rule.or(() -> fires(key, SecretMark.Part.TEXT));
                    open.push(new Entry(key, field.getValue()));
                }
            } else if (node.isArray()) {
                node.forEach(element -> open.push(new Entry(entry.key(), element)));
            } else if (node.isTextual()) {
                rule = inspectScalar(entry.key(), plainText.of(node.textValue()));
            }
            if (rule.isPresent()) {
                return rule;
            }
        }
        return Optional.empty();
    }

    /** The rule that a text outside a body breaks, such as a file name. */
    public Optional<String> inspect(String text) {
        return inspectScalar("", plainText.of(text));
    }

    /** @throws ProblemException STATE_SECRET_REFUSED with the rule that fired, and nothing of the text, not even its place */
    public void refuse(JsonNode tree) {
        inspect(tree).ifPresent(rule -> {
            throw new ProblemException(ProblemType.STATE_SECRET_REFUSED, new FieldFault("", rule));
        });
    }

    private Optional<String> inspectScalar(String key, String value) {
        String entry = key + ":" + value;
        return fires(value, SecretMark.Part.VALUE)
                .or(() -> fires(entry, SecretMark.Part.ENTRY))
                .or(() -> fires(entry, SecretMark.Part.TEXT));
    }

    private Optional<String> fires(String plain, SecretMark.Part part) {
        for (SecretMark mark : marks) {
            if (mark.part() == part && mark.fires(plain)) {
                return Optional.of(mark.id());
            }
        }
        return Optional.empty();
    }

    /** The file of marks. */
    record Content(String simplified, List<SecretMark.Source> marks) {}

    private record Entry(String key, JsonNode node) {}
}
