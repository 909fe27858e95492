package org.xietong.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.Papers;
import org.xietong.testing.Sight;

/** Sends the examples of a guide in their order; none may be refused. Braces in them hold what an earlier answer gave. */
final class GuideExamples {
    private static final Pattern EXAMPLE = Pattern.compile(
            "```http\n(?<unit>\\S+)(?: \\(officer (?<officer>\\d)\\))? (?<method>\\S+) (?<path>\\S+)\n(?<body>.*?)\n?```",
            Pattern.DOTALL);
    private static final Pattern TIED = Pattern.compile(".*/(acts|label-review|label-lowerings)(/.*)?");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What stands in a guide for the bytes of a scanned paper, and for their announcement. */
    private static final String SCAN = "(PDF)";

    private static final byte[] PAPER = Papers.pdf("盖章的材料", 500);

    private final Map<String, String> known = new HashMap<>();

    /** @return the paths that were called, as the guide writes them */
    List<String> send(Path guide) throws IOException {
        Sight.awaitCurrent(City.current());
        known.put("ref", "GUIDE-" + UUID.randomUUID());
        known.put(
                "until",
                OffsetDateTime.now()
                        .plusDays(30)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        known.put("announcement", Papers.announcement("移送书.pdf", "application/pdf", PAPER, ""));
        List<String> paths = new ArrayList<>();
        for (MatchResult example :
                EXAMPLE.matcher(Files.readString(guide)).results().toList()) {
            paths.add(example.group("path"));
            send(example);
        }
        return paths;
    }

    private void send(MatchResult example) throws IOException {
        City city = City.current();
        String officer = example.group("officer");
        String path = filled(example.group("path"));
        String body = filled(example.group("body"));
        Call call = officer == null
                ? city.call(example.group("unit"), example.group("method"), path)
                : city.signed(example.group("unit"), Integer.parseInt(officer), example.group("method"), path);
        call = call.idempotencyKey();
        boolean amends = example.group("method").equals("PUT") && !path.contains("/attachments/");
        if (amends || TIED.matcher(path).matches()) {
            call = call.ifMatch("*");
        }
        if (path.endsWith("/bulk")) {
            call = call.contentType("application/x-ndjson");
        }
        if (body.equals(SCAN)) {
            call = call.contentType("application/pdf").body(PAPER);
            body = "";
        }
        SignedAnswer answer = (body.isBlank() ? call : call.body(City.utf8(body))).send();
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertTrue(answer.status() == 200 || answer.status() == 201, example.group() + "\n" + text);
        learn(example.group("path"), JSON.readTree(text));
    }

    /** The ids that later examples use. */
    private void learn(String path, JsonNode answer) {
        if (path.endsWith("/bulk")) {
            assertEquals(List.of("201", "201"), answer.findValuesAsText("status"), answer.toString());
        } else if (path.endsWith("/attachments")) {
            known.put("attachment", answer.path("id").asText());
        } else if (path.endsWith("/corrections")) {
            known.put("correction", answer.path("id").asText());
        } else if (answer.has("digest")) {
            known.put("proposal", answer.path("id").asText());
            known.put("digest", answer.path("digest").asText());
        } else if (answer.has("kind") && !path.contains("{")) {
            known.put(answer.path("kind").asText(), answer.path("id").asText());
            if (answer.path("kind").asText().equals("clue")) {
                known.put("matter", answer.path("matterId").asText());
            }
            if (answer.path("kind").asText().equals("transfer")) {
                known.put(
                        "suspect", answer.at("/content/suspects/0/participant").asText());
            }
            if (answer.path("kind").asText().equals("filing")) {
                known.put("person", answer.at("/content/participants/0/id").asText());
            }
        } else if (path.endsWith("/resolve")) {
            assertTrue(
                    answer.path("matches").findValuesAsText("matterId").contains(known.get("matter")),
                    answer.toString());
        }
    }

    private String filled(String text) {
        return Pattern.compile("\\{([a-z]+)}")
                .matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(known.getOrDefault(name.group(1), name.group())));
    }
}
