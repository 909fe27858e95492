package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The suspects of the composite case, by the ids that its filing gave them.
 *
 * @param filing the path of the filing
 * @param caught the two whom the filing names
 */
record Suspects(String filing, List<Suspect> caught) {
    static final Suspects NONE = new Suspects("", List.of());

    /** @param name as stated in the filing */
    record Suspect(String id, String name) {
        String stated() {
            return "{\"id\": \"%s\", \"type\": \"NATURAL_PERSON\", \"roles\": [\"SUSPECT\"], \"name\": \"%s\"}"
                    .formatted(id, name);
        }
    }

    static Suspects of(JsonNode filing) {
        JsonNode stated = filing.path("content").path("participants");
        return new Suspects(
                "/v1/filings/" + filing.path("id").asText(), List.of(suspect(stated.path(0)), suspect(stated.path(1))));
    }

    Suspect first() {
        return caught.get(0);
    }

    Suspect second() {
        return caught.get(1);
    }

    /** The draft of a stage of the filing. */
    String stage(String content, List<Suspect> concerned) {
        return "{\"filing\": \"%s\", \"noStateSecret\": true, \"content\": {%s, \"participants\": [%s]}}"
                .formatted(
                        filing.substring(filing.lastIndexOf('/') + 1),
                        content,
                        concerned.stream().map(Suspect::stated).collect(Collectors.joining(", ")));
    }

    private static Suspect suspect(JsonNode participant) {
        return new Suspect(
                participant.path("id").asText(), participant.path("name").asText());
    }
}
