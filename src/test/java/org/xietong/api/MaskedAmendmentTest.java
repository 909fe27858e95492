package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;

/** A change of what a reader may not see changes nothing that he sees, not even that something changed (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
class MaskedAmendmentTest {
    private final Casework work = new Casework();
    private final City city = work.city();

    /** Facts, goods, names, numbers and informant are new; what a summary shows is the same. */
    private static final String BEFORE = Drafts.clue("");

    private static final String AFTER = BEFORE.replace("158箱", "159箱")
            .replace("\"name\": \"白酒\", \"quantity\": \"158\"", "\"name\": \"黄酒\", \"quantity\": \"159\"")
            .replace("\"name\": \"张某某\"", "\"name\": \"王某某\", \"aliases\": [\"老王\"]")
            .replace("李某", "赵某");

    @Test
    void showsNothingToWhoSeesASummary() {
        Piece clue = work.create(City.MSA, "clue", BEFORE);
        Map<String, String> before = everything(City.COPYRIGHT, clue);
        work.amend(City.MSA, clue, AFTER);
        assertEquals(before, everything(City.COPYRIGHT, clue));
    }

    @Test
    void showsNothingToAMachineWithASummary() {
        Piece clue = work.create(City.MSA, "clue", BEFORE);
        SignedAnswer before = city.unattended(City.PROC, "GET", clue.path()).send();
        work.amend(City.MSA, clue, AFTER);
        SignedAnswer after = city.unattended(City.PROC, "GET", clue.path()).send();
        assertEquals(Casework.text(before), Casework.text(after));
    }

    @Test
    void ofASummaryShowsNothingToWhoSeesMetadata() {
        Piece clue = work.create(City.MSA, "clue", BEFORE);
        Map<String, String> before = everything(City.AUD, clue);
        work.amend(
                City.MSA,
                clue,
                AFTER.replace("销售假冒", "生产假冒").replace("\"occurred\"", "\"documentNumber\": \"第2号\", \"occurred\""));
        assertEquals(before, everything(City.AUD, clue));
    }

    @Test
    void movesNothingInAList() {
        Piece first = work.create(City.MSA, "clue", BEFORE);
        work.create(City.MSA, "clue", BEFORE);
        List<String> before = ids(City.COPYRIGHT);
        work.amend(City.MSA, first, AFTER);
        assertEquals(before, ids(City.COPYRIGHT));
    }

    /** The disclosure that is journaled for his own read names the version: he learns it from there no more than here. */
    @Test
    void showsNothingInTheReadersOwnExchange() {
        Piece clue = work.create(City.MSA, "clue", BEFORE);
        List<String> before = opened(City.COPYRIGHT, clue);
        work.amend(City.MSA, clue, AFTER);
        assertEquals(before, opened(City.COPYRIGHT, clue));
    }

    @Test
    void changesTheTagOfWhoSeesInFull() {
        Piece clue = work.create(City.MSA, "clue", BEFORE);
        String before = etag(city.call(City.PROC, "GET", clue.path()).send());
        work.amend(City.MSA, clue, AFTER);
        assertNotEquals(before, etag(city.call(City.PROC, "GET", clue.path()).send()));
    }

    private Map<String, String> everything(String unit, Piece clue) {
        Map<String, String> seen = new TreeMap<>();
        SignedAnswer read = city.call(unit, "GET", clue.path()).send();
        assertEquals(200, read.status());
        seen.put("id", Casework.text(read));
        seen.put("tag", etag(read));
        String ofMatter = "/v1/clues?count=true&matterId=" + clue.matter();
        seen.put("list", Casework.text(city.call(unit, "GET", ofMatter).send()));
        seen.put(
                "matter",
                Casework.text(city.call(unit, "GET", clue.matterPath()).send()));
        seen.put(
                "timeline",
                Casework.text(
                        city.call(unit, "GET", clue.matterPath() + "/timeline").send()));
        seen.put(
                "explain",
                Casework.text(city.call(unit, "POST", "/v1/policy/explain")
                        .body(City.utf8("{\"kind\": \"clue\", \"recordId\": \"" + clue.id() + "\"}"))
                        .send()));
        seen.put(
                "history",
                "" + city.call(unit, "GET", clue.path() + "/history").send().status());
        return seen;
    }

    private List<String> ids(String unit) {
        List<String> ids = new ArrayList<>();
        Casework.json(city.call(unit, "GET", "/v1/clues?limit=20").send())
                .get("items")
                .forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }

    /** What the journal opens to the reader of his own read, but for the signatures that differ with every request. */
    private List<String> opened(String unit, Piece clue) {
        String exchange = city.call(unit, "GET", clue.path()).send().exchangeId();
        JsonNode opened = Casework.json(
                city.call(unit, "GET", "/v1/exchanges/" + exchange).send());
        List<String> parts = new ArrayList<>();
        opened.get("parts").forEach(part -> {
            if (!List.of("request", "response").contains(part.get("name").asText())) {
                parts.add(part.get("name").asText() + part.get("bytes").asText());
            }
        });
        return parts;
    }

    private static String etag(SignedAnswer answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
