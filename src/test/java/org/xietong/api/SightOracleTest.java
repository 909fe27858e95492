package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.xietong.api.MatrixOracle.Reader;
import org.xietong.api.Scenes.Scene;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.label.Label;
import org.xietong.policy.Decision;
import org.xietong.policy.MilestoneFact;
import org.xietong.policy.RecordFacts;
import org.xietong.policy.SentUp;
import org.xietong.policy.UnitsAround;
import org.xietong.policy.View;
import org.xietong.policy.Viewer;
import org.xietong.record.CurrentPolicy;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;

/** One oracle for sight: engine, sight table and every way to a record over HTTP say what the matrix says (I2, I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SightOracleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NONE = "–";
    private static final List<String> UNITS = List.of(
            City.COURT,
            City.PROC,
            City.POLICE,
            City.MSA,
            City.IPO,
            City.COPYRIGHT,
            City.AUD,
            City.MSA_DISTRICT,
            City.POLICE_DISTRICT,
            City.PROC_DISTRICT,
            City.COURT_DISTRICT);

    @Inject
    CurrentPolicy policy;

    private final City city = City.current();
    private List<Scene> scenes = List.of();
    private List<Scene> stages = List.of();
    private Map<Reader, Map<String, String>> feeds = Map.of();

    @BeforeAll
    void playEveryScene() {
        scenes = Scenes.all();
        stages = Scenes.stages();
    }

    @Test
    void everyWayToARecordShowsWhatTheMatrixSays() throws InterruptedException, ExecutionException {
        feeds = feeds();
        List<Callable<List<String>>> cells = new ArrayList<>();
        for (Scene scene : scenes) {
            readers().forEach(reader -> cells.add(() -> disagreements(scene, reader)));
        }
        List<String> wrong = new ArrayList<>();
        try (ExecutorService eight =
                Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
            for (Future<List<String>> cell : eight.invokeAll(cells)) {
                wrong.addAll(cell.get());
            }
        }
        assertTrue(cells.size() >= 16 * 9 * 4, () -> "only " + cells.size() + " cells");
        assertEquals(List.of(), wrong);
    }

    /** Nothing here is labelled: who signs sees what his unit sees. */
    @Test
    void everyWayToAStageShowsWhatTheMatrixSays() throws InterruptedException, ExecutionException {
        feeds = feeds();
        List<Callable<List<String>>> cells = new ArrayList<>();
        for (Scene scene : stages) {
            readers().stream()
                    .filter(reader -> reader.signing() == null)
                    .forEach(reader -> cells.add(() -> disagreements(scene, reader)));
        }
        List<String> wrong = new ArrayList<>();
        try (ExecutorService eight =
                Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
            for (Future<List<String>> cell : eight.invokeAll(cells)) {
                wrong.addAll(cell.get());
            }
        }
        assertTrue(cells.size() >= 15 * 9 * 2, () -> "only " + cells.size() + " cells");
        assertEquals(List.of(), wrong);
    }

    @Test
    void theEngineDecidesWhatTheMatrixSays() throws SQLException, IOException {
        List<String> wrong = new ArrayList<>();
        for (Scene scene : both()) {
            RecordFacts facts = facts(scene);
            for (Reader reader : readers()) {
                Viewer viewer = new Viewer(reader.unit(), reader.signing(), reader.attended());
                String decided = policy.engine().decide(viewer, facts) instanceof Decision.Permitted p
                        ? p.view().name()
                        : NONE;
                compare(wrong, scene, reader, "engine", expected(scene, reader), decided);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void theSightTableHoldsWhatTheMatrixSays() throws SQLException {
        for (Scene scene : both()) {
            Map<String, String> wanted = new TreeMap<>();
            for (String unit : UNITS) {
                MatrixOracle.view(scene.situation(), new Reader(unit, null, true))
                        .ifPresent(view -> wanted.put(unit, view.name()));
            }
            for (String listed : scene.situation().listed()) {
                Optional<String> unit = UNITS.stream()
                        .filter(u -> listed.startsWith(u + "-") && !wanted.containsKey(u))
                        .findFirst();
                unit.flatMap(u -> MatrixOracle.view(scene.situation(), new Reader(u, listed, true)))
                        .ifPresent(view -> wanted.put(listed, view.name()));
            }
            assertEquals(wanted, sight(scene), scene.name());
        }
    }

    private List<Scene> both() {
        List<Scene> both = new ArrayList<>(scenes);
        both.addAll(stages);
        return both;
    }

    private static List<Reader> readers() {
        List<Reader> readers = new ArrayList<>();
        for (String unit : UNITS) {
            readers.add(new Reader(unit, null, true));
            readers.add(new Reader(unit, null, false));
            readers.add(new Reader(unit, unit + "-001", true));
            readers.add(new Reader(unit, unit + "-002", true));
        }
        return readers;
    }

    private static String expected(Scene scene, Reader reader) {
        return MatrixOracle.view(scene.situation(), reader).map(View::name).orElse(NONE);
    }

    /** What every path shows this reader, held against the oracle. */
    private List<String> disagreements(Scene scene, Reader reader) {
        List<String> wrong = new ArrayList<>();
        String expected = expected(scene, reader);
        String there = expected.equals(NONE) ? "404" : expected;
        String path = scene.piece().path();
        String kinds = Casework.collection(scene.piece().kind());

        compare(wrong, scene, reader, "id", there, byId(get(reader, path)));
        String own = reader.unit().equals(scene.situation().owner()) ? "FULL" : NONE;
        JsonNode bySource = Casework.json(get(reader, kinds + "?sourceRef=" + scene.sourceRef()));
        compare(wrong, scene, reader, "sourceRef", own, listed(bySource.get("items"), scene, "/meta/view"));
        JsonNode list = Casework.json(
                get(reader, kinds + "?count=true&matterId=" + scene.piece().matter()));
        compare(wrong, scene, reader, "list", expected, listed(list.get("items"), scene, "/meta/view"));
        compare(
                wrong,
                scene,
                reader,
                "count",
                expected.equals(NONE) ? "0" : "1",
                list.get("count").asText());
        String history = switch (expected) {
            case NONE -> "404";
            case "FULL" -> "200";
            default -> "403";
        };
        compare(
                wrong,
                scene,
                reader,
                "history",
                history,
                "" + get(reader, path + "/history").status());
        JsonNode matter = Casework.json(get(reader, scene.piece().matterPath()));
        compare(wrong, scene, reader, "matter", expected, listed(matter.get("records"), scene, "/view"));
        JsonNode timeline = Casework.json(get(reader, scene.piece().matterPath() + "/timeline"));
        compare(wrong, scene, reader, "timeline", expected, listed(timeline.get("items"), scene, "/view"));
        compare(wrong, scene, reader, "explain", expected, explained(reader, scene));
        String fed = feeds.get(reader).getOrDefault(scene.piece().id(), NONE);
        compare(wrong, scene, reader, "feed", expected, fed);
        return wrong;
    }

    /** What the feed tells each reader from its beginning: of each record the view that he has now. */
    private Map<Reader, Map<String, String>> feeds() {
        Map<Reader, Map<String, String>> all = new HashMap<>();
        for (Reader reader : readers()) {
            Map<String, String> views = new HashMap<>();
            for (JsonNode entry :
                    Feed.by((method, target) -> call(reader, method, target)).read(100)) {
                views.put(entry.get("id").asText(), entry.path("view").asText("GONE"));
            }
            all.put(reader, views);
        }
        return all;
    }

    private static String byId(SignedAnswer answer) {
        return answer.status() == 200 ? Casework.json(answer).at("/meta/view").asText() : "" + answer.status();
    }

    private static String listed(JsonNode items, Scene scene, String view) {
        if (items != null) {
            for (JsonNode item : items) {
                if (item.get("id").asText().equals(scene.piece().id())) {
                    return item.at(view).asText();
                }
            }
        }
        return NONE;
    }

    private String explained(Reader reader, Scene scene) {
        JsonNode explanation = Casework.json(call(reader, "POST", "/v1/policy/explain")
                .body(City.utf8("{\"kind\": \"" + scene.piece().kind() + "\", \"recordId\": \""
                        + scene.piece().id() + "\"}"))
                .send());
        return explanation.get("visible").asBoolean() ? explanation.get("view").asText() : NONE;
    }

    private SignedAnswer get(Reader reader, String target) {
        return call(reader, "GET", target).send();
    }

    private Call call(Reader reader, String method, String target) {
        if (reader.signing() != null) {
            return city.signed(reader.unit(), reader.signing().endsWith("1") ? 1 : 2, method, target);
        }
        return reader.attended()
                ? city.call(reader.unit(), method, target)
                : city.unattended(reader.unit(), method, target);
    }

    private static void compare(
            List<String> wrong, Scene scene, Reader reader, String way, String expected, String found) {
        if (!expected.equals(found)) {
            wrong.add(scene.name() + " / " + reader + " / " + way + ": " + expected + " expected, " + found);
        }
    }

    private Map<String, String> sight(Scene scene) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        try (Connection connection = city.superuser().getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT viewer, view FROM xietong.record_sight WHERE id = ?")) {
            select.setObject(1, UUID.fromString(scene.piece().id()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.put(row.getString(1), row.getString(2));
                }
            }
        }
        return rows;
    }

    /** What the engine is to know, read from the tables apart from the service's own reading. */
    private RecordFacts facts(Scene scene) throws SQLException, IOException {
        try (Connection connection = city.superuser().getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT r.kind, r.content::text, r.owner_unit, r.addressees, r.label::text,
                            ARRAY(SELECT from_unit FROM xietong.handover h
                                WHERE h.matter_id = r.matter_id AND h.to_unit = r.owner_unit),
                            ARRAY(SELECT from_unit FROM xietong.handover h
                                WHERE h.matter_id = r.matter_id AND h.to_unit =
                                    (SELECT owner_unit FROM xietong.record f WHERE f.id = r.filing_id)),
                            ARRAY(SELECT h.to_unit || ' ' || (who ->> 'id')
                                FROM xietong.handover h JOIN xietong.record j ON j.id = h.record_id,
                                    jsonb_array_elements(j.content -> 'participants') who
                                WHERE h.matter_id = r.matter_id AND j.kind = 'judgment'
                                    AND j.filing_id = coalesce(r.filing_id, r.id)),
                            ARRAY(SELECT o.owner_unit FROM xietong.record o
                                WHERE r.kind = 'judgment' AND r.filing_id IN (o.id, o.filing_id)),
                            ARRAY(SELECT unit FROM xietong.matter_member m WHERE m.matter_id = r.matter_id
                                AND coalesce(r.owner_unit = ANY (m.brought_by), true)),
                            ARRAY(SELECT milestone || ' ' || participant FROM xietong.milestone s
                                WHERE s.filing_id = coalesce(r.filing_id, r.id) AND s.revoked_at IS NULL
                                UNION ALL
                                SELECT 'SUPERVISED ' || (who ->> 'id') FROM xietong.record v,
                                    jsonb_array_elements(r.content -> 'participants') who
                                WHERE r.kind = 'investigation' AND v.kind = 'supervision'
                                    AND v.filing_id = r.filing_id AND v.content ->> 'type' = 'INVESTIGATION'),
                            ARRAY(SELECT t.owner_unit FROM xietong.record t
                                WHERE t.id::text = r.content ->> 'transfer' AND t.content ->> 'complainedOn' IS NOT NULL
                                    AND r.kind = 'supervision')
                        FROM xietong.record r WHERE r.id = ?
                        """)) {
            UUID id = UUID.fromString(scene.piece().id());
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                JsonNode content = JSON.readTree(row.getString(2));
                Set<UUID> participants = new HashSet<>();
                content.path("participants")
                        .forEach(p ->
                                participants.add(UUID.fromString(p.get("id").asText())));
                Set<MilestoneFact> milestones = new HashSet<>();
                for (String milestone : strings(row, 11)) {
                    String[] part = milestone.split(" ");
                    milestones.add(new MilestoneFact(part[0], UUID.fromString(part[1]), id));
                }
                return new RecordFacts(
                        row.getString(1),
                        attributes(content, scene),
                        new UnitsAround(
                                row.getString(3),
                                strings(row, 4),
                                strings(row, 6),
                                strings(row, 7),
                                sentUp(strings(row, 8)),
                                strings(row, 9),
                                strings(row, 12),
                                strings(row, 10)),
                        milestones,
                        participants,
                        JSON.readValue(row.getString(5), Label.class));
            }
        }
    }

    /** What rows compare, from the content and the stage in which the scene says that the record is. */
    private static Map<String, String> attributes(JsonNode content, Scene scene) {
        Map<String, String> attributes = new TreeMap<>();
        for (String name : List.of("filingType", "measure", "caseClass", "type")) {
            if (content.has(name)) {
                attributes.put(name, content.get(name).asText());
            }
        }
        String[] what = scene.situation().what().split(" ");
        if (what.length > 1) {
            attributes.put("stage", what[1]);
        }
        return attributes;
    }

    private static Set<SentUp> sentUp(Set<String> stated) {
        return stated.stream()
                .map(each -> each.split(" "))
                .map(part -> new SentUp(part[0], UUID.fromString(part[1])))
                .collect(Collectors.toSet());
    }

    private static Set<String> strings(ResultSet row, int column) throws SQLException {
        return Set.of((String[]) row.getArray(column).getArray());
    }
}
