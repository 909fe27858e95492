package org.xietong.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/**
 * What is kept outside the database of an approved erasure or of a spill: ids, codes and digests, without a word of what was erased.
 *
 * @param text one line of JSON
 */
record OutsideLine(UUID id, boolean quarantine, Instant at, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUARANTINE = "QUARANTINE";

    /**
     * A spill as it was reported.
     *
     * @param unit who reported it
     * @param reason its class, a code
     */
    record Spilled(UUID id, UUID record, String unit, String officer, String reason, Instant at, UUID exchange) {}

    static OutsideLine of(Erasure erasure) {
        Erasure.Approval approved = erasure.approved();
        if (approved == null) {
            throw new IllegalArgumentException("not approved");
        }
        ObjectNode line = JSON.createObjectNode();
        line.put("id", erasure.id().toString());
        line.put("kind", erasure.kind().name());
        line.put("target", erasure.target().toString());
        line.put("unit", erasure.unit());
        line.put("freeText", erasure.freeText());
        line.put("basis", erasure.basis());
        line.put("digest", erasure.digest());
        line.put("proposedBy", erasure.proposedBy());
        line.put("proposedKey", erasure.proposedKey());
        line.put("proposedAt", erasure.proposedAt().toString());
        line.put("proposedIn", erasure.proposedIn().toString());
        line.put("approvedBy", approved.by());
        line.put("approvedKey", approved.key());
        line.put("approvedAt", approved.at().toString());
        line.put("approvedIn", approved.exchange().toString());
        return new OutsideLine(erasure.id(), false, approved.at(), line.toString());
    }

    static OutsideLine of(Spilled spill) {
        ObjectNode line = JSON.createObjectNode();
        line.put("id", spill.id().toString());
        line.put("kind", QUARANTINE);
        line.put("target", spill.record().toString());
        line.put("unit", spill.unit());
        line.put("officer", spill.officer());
        line.put("reason", spill.reason());
        line.put("at", spill.at().toString());
        line.put("exchange", spill.exchange().toString());
        return new OutsideLine(spill.id(), true, spill.at(), line.toString());
    }

    /** @throws IOException for a line that is none */
    static OutsideLine parse(String text) throws IOException {
        try {
            JsonNode line = JSON.readTree(text);
            boolean quarantine = QUARANTINE.equals(line.path("kind").asText());
            return new OutsideLine(
                    UUID.fromString(line.path("id").asText()),
                    quarantine,
                    Instant.parse(line.path(quarantine ? "at" : "approvedAt").asText()),
                    text);
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            throw new IOException("a line is no erasure");
        }
    }
}
