package org.xietong.app.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is loaded as a real case's is published, or says that it is filled in 〔补〕. */
class RealCasesFileTest {
    /** The numbers that the sources give. */
    private static final Set<String> PUBLISHED = Set.of("（2016）鄂01刑终1395号");

    private static final List<JsonNode> BODIES = new ArrayList<>();
    private static JsonNode steps;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream file = RealCases.class.getResourceAsStream("/demonstration/real-cases.yaml")) {
            steps = new YAMLMapper().readTree(file);
        }
        for (JsonNode step : steps) {
            if (step.has("body")) {
                BODIES.add(json(step.path("body").asText()));
            }
            for (JsonNode line : step.path("lines")) {
                BODIES.add(json(line.asText()));
            }
        }
    }

    @Test
    void everyDocumentNumberIsMarkedAsFilledIn() {
        assertEquals(List.of(), values("documentNumber").filter(n -> !marked(n)).toList());
    }

    /** A court's number must have its form and cannot hold the mark: it is none that a court has given. */
    @Test
    void everyCaseNumberIsPublishedOrMarkedOrOfNoCourt() {
        assertEquals(
                List.of(),
                Stream.concat(values("caseNumber"), values("against"))
                        .filter(n -> !PUBLISHED.contains(n) && !marked(n) && !n.contains("999999号"))
                        .toList());
    }

    @Test
    void nobodyIsNamed() {
        assertEquals(List.of("某某〔补〕"), persons().distinct().toList());
    }

    @Test
    void publishedDaysAreThoseOfTheSources() {
        String all = steps.toString();
        for (String day : List.of(
                "2023-01-03",
                "2023-01-09",
                "2015-04-12",
                "2015-05-19",
                "2015-05-20",
                "2016-04-11",
                "2017-04-25",
                "2023-10-19",
                "2023-10-27",
                "2023-12-15")) {
            assertTrue(all.contains(day), day);
        }
    }

    /** The bail of 2016-04-11 is a measure of the investigation: what is filled in does not indict before it. */
    @Test
    void whatIsFilledInKeepsTheOrderOfTheSteps() {
        for (JsonNode step : steps) {
            if (step.path("record").asText().equals("wuhan-prosecution")) {
                String indicted = json(step.path("body").asText())
                        .path("occurred")
                        .path("time")
                        .asText();
                assertTrue(indicted.compareTo("2016-04-11") > 0, indicted);
            }
        }
    }

    private static boolean marked(String number) {
        return number.endsWith("〔补〕");
    }

    private static Stream<String> values(String field) {
        return BODIES.stream().flatMap(body -> body.findValuesAsText(field).stream());
    }

    private static Stream<String> persons() {
        return BODIES.stream()
                .flatMap(body -> body.findValues("participants").stream())
                .filter(JsonNode::isArray)
                .flatMap(list -> list.findValuesAsText("name").stream());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
