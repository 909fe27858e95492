package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Papers;
import org.xietong.testing.Stages;

/** 撤回起诉: what the indictment had opened closes on every road in the same moment, and the feed says so (domain, section 6). */
@QuarkusTest
@WithTestResource(CityResource.class)
class LostMilestoneTest {
    private final City city = City.current();
    private final CriminalCase it = CriminalCase.ofThePolice();
    private final String number = "咸公提捕字〔2023〕" + Math.abs(it.first().hashCode() % 1_000_000) + "号";

    @Test
    void closesEveryRoadAtOnceAndTheFeedSaysSo() {
        Piece arrest = it.create(City.POLICE, "arrest", Stages.arrest(it.first()));
        it.act(City.POLICE, arrest, "request", Stages.to(number, City.PROC));
        String attachment = attach(arrest);
        Piece prosecution = it.create(City.PROC, "prosecution", Stages.prosecution(it.first()));
        it.indict(prosecution);
        Feed feed = Feed.of(City.COURT).now();
        List<String> roads = List.of(
                arrest.path(),
                arrest.path() + "/history",
                arrest.path() + "/corrections",
                arrest.path() + "/attachments",
                attachment,
                attachment + "/content",
                it.filing().path());
        assertEquals(Collections.nCopies(roads.size(), 200), statuses(roads));
        assertEquals(
                arrest.id(), Casework.json(resolved()).at("/matches/0/recordId").asText());

        it.act(
                City.PROC,
                prosecution,
                "withdraw",
                "{\"documentNumber\": \"咸检撤诉〔2023〕1号\"," + Stages.note("证据发生变化") + "}");
        assertEquals(Collections.nCopies(roads.size(), 404), statuses(roads));
        assertEquals(0, Casework.json(resolved()).get("matches").size());
        assertEquals(404, correction(arrest).status());
        assertFalse(Casework.text(it.get(City.COURT, arrest.matterPath())).contains(arrest.id()));
        assertEquals(List.of("GONE"), feed.about(arrest.id()));
        feed = Feed.of(City.COURT);
        assertEquals(List.of(), feed.about(arrest.id()), "who begins anew is told of nothing that he may not see");
    }

    private List<Integer> statuses(List<String> roads) {
        List<Integer> statuses = new ArrayList<>();
        roads.forEach(road -> statuses.add(it.get(City.COURT, road).status()));
        return statuses;
    }

    private SignedAnswer resolved() {
        return city.call(City.COURT, "POST", "/v1/matters/resolve")
                .body(City.utf8("{\"number\": \"" + number + "\"}"))
                .send();
    }

    private SignedAnswer correction(Piece arrest) {
        return city.signed(City.COURT, 1, "POST", arrest.path() + "/corrections")
                .idempotencyKey()
                .body(City.utf8("{\"fields\": [\"/content/facts\"], \"reason\": \"有误\", \"noStateSecret\": true}"))
                .send();
    }

    private String attach(Piece arrest) {
        byte[] paper = Papers.pdf("提请批准逮捕书", 100);
        String at = arrest.path() + "/attachments";
        SignedAnswer announced = city.call(City.POLICE, "POST", at)
                .idempotencyKey()
                .body(City.utf8(Papers.announcement(
                        "提请批准逮捕书.pdf", "application/pdf", paper, "\"participants\": [\"" + it.first() + "\"],")))
                .send();
        String attachment = at + "/" + Casework.json(announced).path("id").asText();
        SignedAnswer stored = city.call(City.POLICE, "PUT", attachment + "/content")
                .contentType("application/pdf")
                .body(paper)
                .send();
        assertEquals(200, stored.status(), Casework.text(stored));
        return attachment;
    }
}
