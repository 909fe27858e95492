package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.client.Call;
import org.xietong.client.PreparedRequest;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Registered;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/** From WORK_SECRET up a label needs two officers of the owner, each with his own key (I11). */
@QuarkusTest
@WithTestResource(CityResource.class)
class TwoOfficersTest {
    private static final String WORK_SECRET =
            "\"label\": {\"level\": \"WORK_SECRET\", \"basis\": {\"code\": \"INVESTIGATION\", \"text\": \"侦查阶段\"}},";

    private City city;
    private Stored stored;
    private Wire wire;

    @BeforeEach
    void open() {
        city = City.current();
        stored = city.stored();
        wire = city.wire();
    }

    @Test
    void nobodyMarksAWorkSecretWithoutHisOwnSignature() {
        Reply reply = refused(marking(city.call(City.MSA, "POST", "/v1/clues")), 422, "LABEL_INVALID");
        assertEquals(List.of("/label/level OFFICER_SIGNATURE_REQUIRED"), reply.faults());
    }

    @Test
    void theMarkingOfficerCannotReviewHisOwnMark() {
        Registered clue = marked();
        Reply reply = refused(review(clue, city.signed(City.MSA, 1, "POST", path(clue))), 422, "LABEL_INVALID");
        assertEquals(List.of("/label/reviewedBy REVIEWER_IS_MARKER"), reply.faults());
    }

    @Test
    void aReviewWithoutTheOfficersKeyIsRefused() {
        Registered clue = marked();
        refused(review(clue, city.call(City.MSA, "POST", path(clue))), 403, "OFFICER_SIGNATURE_REQUIRED");
    }

    @Test
    void anotherUnitCannotReview() {
        Registered clue = marked();
        PreparedRequest foreign = review(clue, city.signed(City.POLICE, 2, "POST", path(clue)));
        assertTrue(wire.send(foreign).status() >= 400);
        PreparedRequest superior = review(clue, city.signed(City.IPO, 2, "POST", path(clue)));
        assertTrue(wire.send(superior).status() >= 400);
        assertEquals("", reviewer(clue));
    }

    @Test
    void aSecondOfficerWithHisOwnKeyConfirmsTheMark() {
        Registered clue = marked();
        assertEquals("", reviewer(clue));
        Reply reviewed = wire.send(review(clue, city.signed(City.MSA, 2, "POST", path(clue))))
                .requireStatus(200);
        assertEquals("MSA-421200-001", reviewed.json().at("/label/markedBy").asText());
        assertEquals("MSA-421200-002", reviewer(clue));
        Registered now = new Registered(clue.path(), reviewed.etag(), reviewed.json());
        refused(review(now, city.signed(City.MSA, 2, "POST", path(now))), 409, "STATE_CONFLICT");
    }

    private Reply refused(PreparedRequest request, int status, String code) {
        String before = stored.cases();
        Reply reply = wire.send(request).requireJournaledProblem(status, code);
        assertEquals(before, stored.cases());
        return reply;
    }

    private Registered marked() {
        Reply reply = wire.send(marking(city.signed(City.MSA, 1, "POST", "/v1/clues"))).requireStatus(201);
        return new Registered("/v1/clues/" + reply.json().get("id").asText(), reply.etag(), reply.json());
    }

    private static PreparedRequest marking(Call call) {
        return call.idempotencyKey()
                .body(City.utf8(Drafts.clue("", null, WORK_SECRET)))
                .prepare();
    }

    private static String path(Registered clue) {
        return clue.path() + "/label-review";
    }

    private static PreparedRequest review(Registered clue, Call call) {
        return call.idempotencyKey().ifMatch(clue.etag()).prepare();
    }

    private String reviewer(Registered clue) {
        return stored.text(
                "SELECT coalesce(label->>'reviewedBy', '') FROM xietong.record WHERE id = ?::uuid",
                clue.id().toString());
    }
}
