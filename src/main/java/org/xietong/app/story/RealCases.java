package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.xietong.client.SignedAnswer;

/**
 * The four published cases, loaded as agencies load their past: bulk requests of backfilled records, and the other side's acts upon
 * them. What is loaded is data, in {@code demonstration/real-cases.yaml}.
 */
final class RealCases {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-z-]+)\\.(id|matter|p(\\d))}");

    private final Stage stage;
    private final Steps steps;
    private final Cast cast;
    private final Map<String, Loaded> loaded = new HashMap<>();

    RealCases(Stage stage) {
        this.stage = stage;
        this.steps = new Steps(stage);
        this.cast = stage.cast();
    }

    /** One step of the file: {@code bulk} with its {@code lines}, or {@code act} upon a {@code record} with its {@code body}. */
    record Step(
            String zh,
            String en,
            String unit,
            @Nullable String bulk,
            @Nullable Map<String, String> lines,
            @Nullable String act,
            @Nullable String record,
            @Nullable String body) {}

    /** A record that was loaded, as its owner sees it. */
    private record Loaded(String path, JsonNode view) {
        String value(String name) {
            return switch (name) {
                case "id" -> view.path("id").asText();
                case "matter" -> view.path("matterId").asText();
                default ->
                    view.path("content")
                            .path("participants")
                            .path(name.charAt(1) - '1')
                            .path("id")
                            .asText();
            };
        }
    }

    void load() {
        stage.line("日期和决定依公布材料；单位以演示城市的单位代替，人员为某某；材料未载而补者注〔补〕或在步骤中说明。" + "海曙案 2023-10-19 联席会议和检察意见的抄送尚无对应的记录种类，记在事实中。");
        stage.line(
                "Days and decisions as published; units are the demonstration city's, persons 某某; what is filled in says so.");
        for (Step step : script()) {
            if (step.lines() != null) {
                bulk(step, step.lines());
            } else {
                String body = filled(Objects.requireNonNull(step.body())).strip();
                steps.act(
                        step.unit(),
                        of(Objects.requireNonNull(step.record())).path(),
                        Objects.requireNonNull(step.act()),
                        body.substring(1, body.length() - 1),
                        step.zh(),
                        step.en());
            }
        }
        stage.showSight(
                "武汉案二审裁定",
                "the Wuhan ruling of second instance",
                "COURT-421200",
                of("wuhan-second").path());
    }

    private void bulk(Step step, Map<String, String> lines) {
        List<String> keys = List.copyOf(lines.keySet());
        String body = keys.stream()
                .map(key -> "{\"sourceRef\": \"real-%s\", \"draft\": %s}\n"
                        .formatted(
                                key,
                                filled(Objects.requireNonNull(lines.get(key))).replace('\n', ' ')))
                .collect(Collectors.joining());
        SignedAnswer answer = stage.step(
                step.zh(),
                step.en(),
                200,
                cast.signed(step.unit(), 1, "POST", "/v1/" + step.bulk() + "/bulk")
                        .contentType("application/x-ndjson")
                        .body(Steps.utf8(body))
                        .send());
        JsonNode results = Cast.json(answer).path("lines");
        stage.expect(
                "每行各自登记：" + keys.size(),
                "each line is registered on its own",
                results.size() == keys.size()
                        && IntStream.range(0, results.size())
                                .allMatch(i -> results.path(i).path("status").asInt() == 201));
        for (int i = 0; i < keys.size(); i++) {
            String path =
                    "/v1/" + step.bulk() + "/" + results.path(i).path("id").asText();
            loaded.put(keys.get(i), new Loaded(path, steps.read(step.unit(), path)));
        }
    }

    private String filled(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(of(m.group(1)).value(m.group(2))));
    }

    private Loaded of(String key) {
        Loaded record = loaded.get(key);
        if (record == null) {
            throw new IllegalStateException("no record is called " + key);
        }
        return record;
    }

    private static List<Step> script() {
        try (InputStream file =
                Objects.requireNonNull(RealCases.class.getResourceAsStream("/demonstration/real-cases.yaml"))) {
            return List.of(new YAMLMapper().readValue(file, Step[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
