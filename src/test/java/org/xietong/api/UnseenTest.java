package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;

/** What a caller may not see answers, and costs the journal, exactly what does not exist does (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnseenTest {
    private final Casework work = new Casework();
    private final City city = work.city();

    /** A criminal filing that nobody sent: out of sight of everybody but police, procuratorate and auditor. */
    private Piece filing;
    /** A clue whose label waits for its review: the policy would show it, the label does not. */
    private Piece labelled;

    @BeforeAll
    void hideTwoRecords() {
        filing = work.create(City.POLICE, "filing", Drafts.filing(null, ""));
        labelled = work.createSigned(City.MSA, "clue", Drafts.clue("", null, Scenes.label("WORK_SECRET", "")));
    }

    /** A request about something with an id. */
    private interface Request {
        Call about(String id);
    }

    private void sameForUnseenAndNonexistent(String unseen, Request request) {
        assertEquals(shape(request.about(UUID.randomUUID().toString())), shape(request.about(unseen)));
    }

    private AnswerShape shape(Call call) {
        return AnswerShape.of(city, call.send());
    }

    private Call get(String target) {
        return city.call(City.COPYRIGHT, "GET", target);
    }

    private Call write(String method, String target, String body) {
        return city.signed(City.COPYRIGHT, 1, method, target)
                .idempotencyKey()
                .ifMatch("\"AAAAAAAAAAAAAAAAAAAAAA\"")
                .body(City.utf8(body));
    }

    @Test
    void readsOfAFiling() {
        sameForUnseenAndNonexistent(filing.id(), id -> get("/v1/filings/" + id));
    }

    @Test
    void readsOfALabelledClue() {
        sameForUnseenAndNonexistent(labelled.id(), id -> get("/v1/clues/" + id));
    }

    @Test
    void readsByAnOfficerWhoSigns() {
        sameForUnseenAndNonexistent(labelled.id(), id -> city.signed(City.COPYRIGHT, 1, "GET", "/v1/clues/" + id));
    }

    @Test
    void readsByAMachine() {
        sameForUnseenAndNonexistent(labelled.id(), id -> city.unattended(City.COPYRIGHT, "GET", "/v1/clues/" + id));
    }

    @Test
    void readsUnderAnotherKind() {
        Piece seen = work.clue(City.MSA);
        sameForUnseenAndNonexistent(seen.id(), id -> get("/v1/filings/" + id));
    }

    @Test
    void histories() {
        sameForUnseenAndNonexistent(filing.id(), id -> get("/v1/filings/" + id + "/history"));
        sameForUnseenAndNonexistent(labelled.id(), id -> get("/v1/clues/" + id + "/history"));
    }

    @Test
    void amendments() {
        String draft = Drafts.filing(null, "");
        sameForUnseenAndNonexistent(filing.id(), id -> write("PUT", "/v1/filings/" + id, draft));
        sameForUnseenAndNonexistent(labelled.id(), id -> write("PUT", "/v1/clues/" + id, Drafts.clue("")));
    }

    @Test
    void amendmentsThatAreWrongInThemselves() {
        sameForUnseenAndNonexistent(filing.id(), id -> write("PUT", "/v1/filings/" + id, "{\"content\": {}}"));
        sameForUnseenAndNonexistent(
                filing.id(),
                id -> city.call(City.COPYRIGHT, "PUT", "/v1/filings/" + id).body(City.utf8("{}")));
    }

    @Test
    void acts() {
        sameForUnseenAndNonexistent(filing.id(), id -> write("POST", "/v1/filings/" + id + "/acts/file", "{}"));
        sameForUnseenAndNonexistent(filing.id(), id -> write("POST", "/v1/filings/" + id + "/acts/unknown", "{}"));
        sameForUnseenAndNonexistent(labelled.id(), id -> write("POST", "/v1/clues/" + id + "/acts/triage", "{}"));
    }

    @Test
    void labelReviews() {
        sameForUnseenAndNonexistent(
                labelled.id(),
                id -> city.signed(City.COPYRIGHT, 2, "POST", "/v1/clues/" + id + "/label-review")
                        .idempotencyKey()
                        .ifMatch("\"AAAAAAAAAAAAAAAAAAAAAA\""));
    }

    @Test
    void matters() {
        sameForUnseenAndNonexistent(filing.matter(), id -> get("/v1/matters/" + id));
    }

    @Test
    void timelines() {
        sameForUnseenAndNonexistent(filing.matter(), id -> get("/v1/matters/" + id + "/timeline"));
        String cursor = "AA6TJt0DwAD_____________________";
        sameForUnseenAndNonexistent(filing.matter(), id -> get("/v1/matters/" + id + "/timeline?after=" + cursor));
    }

    @Test
    void listsOfAMatter() {
        sameForUnseenAndNonexistent(filing.matter(), id -> get("/v1/filings?count=true&matterId=" + id));
    }

    @Test
    void explanations() {
        sameForUnseenAndNonexistent(
                filing.id(),
                id -> city.call(City.COPYRIGHT, "POST", "/v1/policy/explain")
                        .body(City.utf8("{\"kind\": \"filing\", \"recordId\": \"" + id + "\"}")));
        sameForUnseenAndNonexistent(
                labelled.id(),
                id -> city.call(City.COPYRIGHT, "POST", "/v1/policy/explain")
                        .body(City.utf8("{\"kind\": \"clue\", \"recordId\": \"" + id + "\"}")));
    }

    @Test
    void exchangesOfOthers() {
        String exchange = city.call(City.POLICE, "GET", filing.path()).send().exchangeId();
        sameForUnseenAndNonexistent(exchange, id -> get("/v1/exchanges/" + id));
    }

    @Test
    void aSupervisorsLookAtOnesOwnRecord() {
        Piece own = work.clue(City.COPYRIGHT);
        String exchange = city.call(City.PROC, "GET", own.path()).send().exchangeId();
        sameForUnseenAndNonexistent(exchange, id -> get("/v1/exchanges/" + id));
    }

    @Test
    void exchangesThatTouchedARecord() {
        sameForUnseenAndNonexistent(filing.id(), id -> get("/v1/exchanges?scope=RECORDS&recordId=" + id));
        sameForUnseenAndNonexistent(filing.matter(), id -> get("/v1/exchanges?scope=RECORDS&matterId=" + id));
    }

    @Test
    void mattersNamedInABody() {
        sameForUnseenAndNonexistent(
                filing.matter(),
                id -> write("POST", "/v1/clues", Drafts.clue("", null, "\"matterId\": \"" + id + "\",")));
    }

    /** The court is in the matter and does not see the police's filing there, which introduced a participant. */
    @Test
    void participantsNamedInABody() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE, City.COURT);
        Piece unseen = work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(clue.matter()), ""));
        String participant = Casework.json(
                        city.call(City.POLICE, "GET", unseen.path()).send())
                .at("/content/participants/0/id")
                .asText();
        sameForUnseenAndNonexistent(
                participant,
                id -> city.signed(City.COURT, 1, "POST", "/v1/filings")
                        .idempotencyKey()
                        .body(City.utf8(
                                Scenes.other("CIVIL", "CIVIL_TRADEMARK", clue.matter(), "S-" + UUID.randomUUID())
                                        .replaceFirst("\"ref\": \"P1\"", "\"id\": \"" + id + "\""))));
    }

    @Test
    void sourceReferencesOfAnotherSystem() {
        String taken = "S-" + UUID.randomUUID();
        work.create(City.MSA, "clue", Drafts.clue("", taken, ""));
        sameForUnseenAndNonexistent(taken, id -> get("/v1/clues?sourceRef=" + id));
        SignedAnswer own =
                write("POST", "/v1/clues", Drafts.clue("", taken, "")).send();
        assertEquals(201, own.status(), () -> Casework.text(own));
    }

    @Test
    void idempotencyKeysOfAnotherSystem() {
        String key = UUID.randomUUID().toString();
        String body = Drafts.clue("");
        SignedAnswer first = city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey(key)
                .body(City.utf8(body))
                .send();
        SignedAnswer other = city.call(City.COPYRIGHT, "POST", "/v1/clues")
                .idempotencyKey(key)
                .body(City.utf8(body))
                .send();
        assertEquals(201, other.status());
        assertNotEquals(
                Casework.json(first).get("id").asText(),
                Casework.json(other).get("id").asText());
    }

    /** Else the time that an answer takes would tell that the matter exists and is being worked on. */
    @Test
    void aBodyThatNamesAMatterDoesNotWaitForWhoWritesInIt() throws Exception {
        assertEquals(
                422,
                whileLocked(
                        filing.matter(),
                        () -> write(
                                "POST",
                                "/v1/clues",
                                Drafts.clue("", null, "\"matterId\": \"" + filing.matter() + "\","))));
    }

    @Test
    void anActOnWhatIsOutOfSightDoesNotWaitForWhoWritesInItsMatter() throws Exception {
        assertEquals(
                404,
                whileLocked(filing.matter(), () -> write("POST", "/v1/filings/" + filing.id() + "/acts/file", "{}")));
    }

    private int whileLocked(String matter, Supplier<Call> call) throws Exception {
        try (Connection writer = city.superuser().getConnection()) {
            writer.setAutoCommit(false);
            try (PreparedStatement lock =
                    writer.prepareStatement("SELECT id FROM xietong.matter WHERE id = ? FOR UPDATE")) {
                lock.setObject(1, UUID.fromString(matter));
                lock.executeQuery();
            }
            try {
                return CompletableFuture.supplyAsync(() -> call.get().send())
                        .get(20, TimeUnit.SECONDS)
                        .status();
            } finally {
                writer.rollback();
            }
        }
    }
}
