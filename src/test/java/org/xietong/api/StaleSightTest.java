package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;

/**
 * Rows of sight that an older policy left behind show nothing: the engine looks at each row again, and neither the length
 * of a page nor its cursor nor a count tells that there was one (I4).
 */
@QuarkusTest
@WithTestResource(CityResource.class)
class StaleSightTest {
    private final Casework work = new Casework();
    private final City city = work.city();
    private Piece secret;

    /** The copyright bureau has a row of a filing that the policy does not show it. */
    @BeforeEach
    void leaveARowBehind() {
        secret = work.create(City.POLICE, "filing", Drafts.filing(null, ""));
        stale(secret);
    }

    @Test
    void byId() {
        same(id -> read("/v1/filings/" + id), secret.id());
    }

    @Test
    void inHistory() {
        same(id -> read("/v1/filings/" + id + "/history"), secret.id());
    }

    @Test
    void inAMatter() {
        same(id -> read("/v1/matters/" + id), secret.matter());
    }

    @Test
    void inATimeline() {
        same(id -> read("/v1/matters/" + id + "/timeline"), secret.matter());
    }

    @Test
    void inAList() {
        same(id -> read("/v1/filings?matterId=" + id), secret.matter());
    }

    @Test
    void inAPageThatGoesOn() {
        same(id -> read("/v1/filings?limit=1&matterId=" + id), secret.matter());
    }

    @Test
    void inAnExplanation() {
        same(
                id -> city.call(City.COPYRIGHT, "POST", "/v1/policy/explain")
                        .body(City.utf8("{\"kind\": \"filing\", \"recordId\": \"" + id + "\"}")),
                secret.id());
    }

    /** Rows that an older policy made are not counted: there is no count until sight is rebuilt. */
    @Test
    void inACount() {
        work.sql("UPDATE xietong.sight_state SET policy_version = 'older ' || policy_version");
        try {
            same(id -> read("/v1/filings?count=true&matterId=" + id), secret.matter());
            assertFalse(Casework.json(read("/v1/filings?count=true").send()).has("count"));
        } finally {
            work.sql("UPDATE xietong.sight_state SET policy_version = substr(policy_version, 7)");
        }
    }

    /** Two clues with a hidden one between them, one to a page: two full pages, and no cursor but of what was shown. */
    @Test
    void betweenTwoPages() {
        Piece first = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        Piece hidden = work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(first.matter()), ""));
        stale(hidden);
        Piece last = work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(first.matter()), ""));
        stale(last);
        List<String> shown = new ArrayList<>();
        String timeline = first.matterPath() + "/timeline?limit=1";
        JsonNode page = Casework.json(read(timeline).send());
        page.path("items").forEach(item -> shown.add(item.get("id").asText()));
        assertEquals(List.of(first.id()), shown);
        assertFalse(page.has("next"), page.toString());
    }

    private void stale(Piece filing) {
        work.sql(
                "INSERT INTO xietong.record_sight (viewer, id, kind, at, matter_id, state, view)"
                        + " SELECT 'COPYRIGHT-421200', id, kind, recorded_at, matter_id, state, 'FULL'"
                        + " FROM xietong.record WHERE id = ?",
                UUID.fromString(filing.id()));
    }

    private Call read(String target) {
        return city.call(City.COPYRIGHT, "GET", target);
    }

    private interface Request {
        Call about(String id);
    }

    private void same(Request request, String id) {
        String nonexistent = UUID.randomUUID().toString();
        assertEquals(
                AnswerShape.of(city, request.about(nonexistent).send()),
                AnswerShape.of(city, request.about(id).send()));
    }
}
