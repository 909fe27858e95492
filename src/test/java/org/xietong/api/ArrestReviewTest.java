package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Reply;
import org.xietong.testing.Stages;

/** A refused arrest is reviewed 复核 by the procuratorate one level up (刑事诉讼法 art. 92), and by no other. */
@QuarkusTest
@WithTestResource(CityResource.class)
class ArrestReviewTest {
    private final CriminalCase it = CriminalCase.of(City.POLICE_DISTRICT);
    private Piece arrest = it.filing();

    @BeforeEach
    void refusedAndUpheld() {
        arrest = it.create(City.POLICE_DISTRICT, "arrest", Stages.arrest(it.first()));
        it.act(City.POLICE_DISTRICT, arrest, "request", Stages.to("咸安公提捕字〔2023〕1号", City.PROC_DISTRICT));
        it.act(City.PROC_DISTRICT, arrest, "accept", "{}");
        it.act(
                City.PROC_DISTRICT,
                arrest,
                "refuse",
                "{\"documentNumber\": \"咸安检不捕〔2023〕1号\", \"reasonCode\": \"NO_SOCIAL_DANGER\"}");
        it.act(City.POLICE_DISTRICT, arrest, "reconsider", Stages.document("咸安公要复〔2023〕1号"));
        it.act(City.PROC_DISTRICT, arrest, "uphold", Stages.document("咸安检复决〔2023〕1号"));
    }

    @Test
    void goesToTheSuperiorProcuratorateAndToNoOther() {
        for (String unit : List.of(City.PROC_DISTRICT, City.POLICE, City.COURT, City.MSA)) {
            Reply refused = act(City.POLICE_DISTRICT, "review", Stages.to("咸安公提复〔2023〕1号", unit));
            refused.requireProblem(422, "INVALID_CONTENT");
            assertEquals(List.of("/addressees/0 CANNOT_RECEIVE"), refused.faults(), unit);
        }
        assertEquals(404, it.status(City.PROC, arrest), "before it is asked");
        act(City.POLICE_DISTRICT, "review", Stages.to("咸安公提复〔2023〕1号", City.PROC))
                .requireStatus(200);
        assertEquals("FULL", it.read(City.PROC, arrest).at("/meta/view").asText());
        assertEquals(
                "[\"uphold\",\"reverse\"]",
                it.read(City.PROC, arrest).get("actions").toString());
        assertEquals("[]", it.read(City.PROC_DISTRICT, arrest).get("actions").toString());
        act(City.PROC_DISTRICT, "reverse", Stages.document("咸安检复核〔2023〕1号")).requireProblem(403, "FORBIDDEN");
        act(City.PROC_DISTRICT, "uphold", Stages.document("咸安检复核〔2023〕1号")).requireProblem(403, "FORBIDDEN");
        assertEquals("REVIEWING", it.state(arrest, City.POLICE_DISTRICT));
    }

    @Test
    void isDecidedByTheSuperiorAndExecutedAsItSays() {
        act(City.POLICE_DISTRICT, "review", Stages.to("咸安公提复〔2023〕1号", City.PROC))
                .requireStatus(200);
        act(City.PROC, "reverse", Stages.document("咸检复核〔2023〕1号")).requireStatus(200);
        act(City.PROC, "revoke", "{\"documentNumber\": \"咸检撤捕〔2023〕1号\"," + Stages.note("发现不当") + "}")
                .requireProblem(403, "FORBIDDEN");
        act(City.POLICE_DISTRICT, "execute", "{}").requireStatus(200);
        assertTrue(it.milestones().contains("ARRESTED 1"));
    }

    private Reply act(String unit, String act, String body) {
        SignedAnswer answer = it.work()
                .city()
                .call(unit, "POST", arrest.path() + "/acts/" + act)
                .idempotencyKey()
                .ifMatch("*")
                .body(City.utf8(body))
                .send();
        return new Reply(answer.status(), answer.headers(), answer.body());
    }
}
