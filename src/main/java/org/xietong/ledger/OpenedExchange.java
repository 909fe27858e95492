package org.xietong.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.xietong.ledger.SealedPart.PartRef;

/**
 * An entry with the parts of it that a reader may open. Whoever gets both can check them without us (I6).
 *
 * @param entry exactly as stored
 */
public record OpenedExchange(UUID id, byte[] entry, List<SealedPart> parts) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public OpenedExchange {
        parts = List.copyOf(parts);
    }

    /** The same entry with those parts only that are allowed. */
    public OpenedExchange only(Predicate<PartRef> allowed) {
        return new OpenedExchange(
                id,
                entry,
                parts.stream().filter(part -> allowed.test(part.ref())).toList());
    }

    /**
     * Holds each part against its digest in the entry, and the entry against the id.
     *
     * @return the parts that do not match; empty if all is well. An entry that cannot be read, or is another's, confirms
     *     no part.
     */
    public List<PartRef> check() {
        Map<PartRef, String> digests = digests();
        return parts.stream()
                .filter(part -> !part.digest().equals(digests.get(part.ref())))
                .map(SealedPart::ref)
                .toList();
    }

    /** The parts that the entry names and that are not here: erased, if nothing was left out by {@link #only}. */
    public List<PartRef> missing() {
        List<PartRef> missing = new ArrayList<>(digests().keySet());
        missing.removeAll(parts.stream().map(SealedPart::ref).toList());
        missing.sort(Comparator.comparing(PartRef::name).thenComparingInt(PartRef::index));
        return missing;
    }

    private Map<PartRef, String> digests() {
        Map<PartRef, String> digests = new HashMap<>();
        JsonNode root = read();
        if (!root.path("id").asText().equals(id.toString())) {
            return digests;
        }
        for (Map.Entry<String, JsonNode> part : root.path("parts").properties()) {
            if (part.getValue().isArray()) {
                int index = 0;
                for (JsonNode digest : part.getValue()) {
                    digests.put(new PartRef(part.getKey(), index++), digest.asText());
                }
            } else {
                digests.put(new PartRef(part.getKey(), 0), part.getValue().asText());
            }
        }
        return digests;
    }

    private JsonNode read() {
        try {
            return JSON.readTree(entry);
        } catch (IOException unreadable) {
            return JSON.missingNode();
        }
    }
}
