package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Reply;
import org.xietong.testing.Stages;

/** What acts decide no draft writes: not when registering, not when amending, not beside an act. */
@QuarkusTest
@WithTestResource(CityResource.class)
class DecidedByActsTest {
    private final Casework work = new Casework();

    @Test
    void noDraftDecidesForAnAct() {
        CriminalCase it = CriminalCase.ofThePolice();
        String day = "\"2023-03-01\"";
        refused(
                City.POLICE,
                "filing",
                Drafts.filing(null, "").replace("\"charge\"", "\"decision\": \"FILED\", \"charge\""),
                "decision");
        refused(
                it,
                City.POLICE,
                "investigation",
                Stages.measure("SEARCH", it.first()) + ", \"notifiedOn\": " + day,
                "notifiedOn");
        for (String decided : List.of(
                "\"decision\": \"APPROVED\"",
                "\"reasonClass\": \"NO_CRIME\"",
                "\"decidedOn\": " + day,
                "\"number\": \"1\"",
                "\"executedOn\": " + day,
                "\"reconsideration\": \"UPHELD\"")) {
            String content = Stages.arrest(it.first()).replace("\"charge\"", decided + ", \"charge\"");
            refused(it, City.POLICE, "arrest", content, "suspects/0/" + name(decided));
        }
        for (String decided : List.of(
                "\"decision\": \"INDICTED\"",
                "\"nonProsecution\": \"STATUTORY\"",
                "\"decidedOn\": " + day,
                "\"number\": \"1\"")) {
            String content = Stages.prosecution(it.first()).replace("\"charges\"", decided + ", \"charges\"");
            refused(it, City.PROC, "prosecution", content, "suspects/0/" + name(decided));
        }
        refused(it, City.PROC, "prosecution", Stages.prosecution(it.first()) + ", \"returns\": 0", "returns");
        String judgment = Stages.judgment("P1").replace("\"id\": \"P1\"", "\"ref\": \"P1\"");
        refused(City.COURT, "judgment", Stages.draft(null, judgment + ", \"decidedOn\": " + day), "decidedOn");
        refused(
                City.COURT,
                "judgment",
                Stages.draft(null, judgment.replace("\"outcome\"", "\"effectiveOn\": " + day + ", \"outcome\"")),
                "results/0/effectiveOn");
        String enforcement = Stages.enforcement("P1").replace("\"id\": \"P1\"", "\"ref\": \"P1\"");
        refused(
                City.COURT,
                "enforcement",
                Stages.draft(null, enforcement.replace("\"ordered\"", "\"completedOn\": " + day + ", \"ordered\"")),
                "shares/0/completedOn");
        for (String decided : List.of("\"servedOn\": " + day, "\"reply\": \"已说明\"", "\"result\": \"COMPLIED\"")) {
            refused(it, City.PROC, "supervision", Stages.supervision("FILING", ", " + decided), name(decided));
        }
    }

    @Test
    void anAmendmentRepeatsOrOmitsWhatWasDecided() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece prosecution = it.indictedFirst();
        amended(prosecution, content -> content.put("facts", "审查情况一")).requireStatus(200);
        amended(prosecution, content -> {
                    ObjectNode first = (ObjectNode) content.at("/suspects/0");
                    first.remove(List.of("decision", "number", "decidedOn"));
                    first.put("pleaLeniency", true);
                })
                .requireStatus(200);
        JsonNode first = it.read(City.PROC, prosecution).at("/content/suspects/0");
        assertEquals("INDICTED", first.get("decision").asText());
        assertEquals("咸检刑诉〔2023〕1号", first.get("number").asText());
        assertTrue(first.get("pleaLeniency").asBoolean());
    }

    @Test
    void anAmendmentNeitherChangesNorDropsWhatWasDecided() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece prosecution = it.indictedFirst();
        String before = work.city().stored().cases();
        readOnly(
                amended(prosecution, c -> ((ObjectNode) c.at("/suspects/0")).put("number", "2")), "/suspects/0/number");
        readOnly(
                amended(prosecution, c -> ((ObjectNode) c.at("/suspects/0")).put("nonProsecution", "STATUTORY")),
                "/suspects/0/nonProsecution");
        readOnly(
                amended(prosecution, c -> ((ObjectNode) c.at("/suspects/1")).put("decision", "NOT_PROSECUTED")),
                "/suspects/1/decision");
        readOnly(amended(prosecution, c -> ((ArrayNode) c.get("suspects")).remove(0)), "/suspects");
        assertEquals(before, work.city().stored().cases());
    }

    @Test
    void whoIsUndecidedMayBeDropped() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece prosecution = it.indictedFirst();
        amended(prosecution, content -> ((ArrayNode) content.get("suspects")).remove(1))
                .requireStatus(200);
        assertEquals(1, it.read(City.PROC, prosecution).at("/content/suspects").size());
    }

    @Test
    void theContentBesideAnActDecidesNothingEither() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece prosecution = it.create(City.PROC, "prosecution", Stages.prosecution(it.first(), it.second()));
        ObjectNode content = (ObjectNode) it.read(City.PROC, prosecution).get("content");
        ((ObjectNode) content.at("/suspects/1")).put("decision", "NOT_PROSECUTED");
        Reply reply = act(
                City.PROC,
                prosecution,
                "indict",
                Stages.of(
                        it.first(),
                        "咸检刑诉〔2023〕1号",
                        "\"noStateSecret\": true, \"addressees\": [\"" + City.COURT + "\"], \"content\": " + content
                                + ","));
        readOnly(reply, "/suspects/1/decision");
    }

    @Test
    void aCaseGoesBackForSupplementaryInvestigationTwiceAtMost() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece prosecution = it.returnedOnce();
        String back = "{\"documentNumber\": \"咸检退查〔2023〕2号\", \"addressees\": [\"" + City.POLICE + "\"],"
                + Stages.note("请补充") + "}";
        it.act(City.PROC, prosecution, "return", back);
        it.act(City.POLICE, prosecution, "resubmit", Stages.document("咸公补侦〔2023〕2号"));
        String before = work.city().stored().cases();
        Reply third = act(City.PROC, prosecution, "return", back);
        third.requireProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/content/returns TOO_MANY"), third.faults());
        assertEquals(before, work.city().stored().cases());
    }

    @Test
    void nobodyIsDecidedUponTwice() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece prosecution = it.indictedFirst();
        Reply again = act(
                City.PROC,
                prosecution,
                "not-prosecute",
                Stages.of(it.first(), "咸检不诉〔2023〕1号", "\"reasonCode\": \"STATUTORY\","));
        again.requireProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/participants/0 NOT_OPEN"), again.faults());
        Reply stranger = act(
                City.PROC,
                prosecution,
                "not-prosecute",
                Stages.of(CriminalCase.ofThePolice().first(), "咸检不诉〔2023〕1号", "\"reasonCode\": \"STATUTORY\","));
        assertEquals(List.of("/participants/0 UNKNOWN"), stranger.faults());
    }

    @Test
    void aCaseIsWithdrawnAsAWholeAndDiscontinuedAgainstOne() {
        CriminalCase it = CriminalCase.ofThePolice();
        it.detained(it.first(), it.second());
        Reply partly =
                act(City.POLICE, it.filing(), "withdraw", Stages.of(it.first(), "咸公撤案字〔2023〕1号", Stages.note("无犯罪事实")));
        assertEquals(List.of("/participants NOT_ALLOWED"), partly.faults());
        String wholly = "{\"documentNumber\": \"咸公终侦字〔2023〕1号\"," + Stages.note("另案处理") + "}";
        Reply all = act(City.POLICE, it.filing(), "discontinue", wholly);
        assertEquals(List.of("/participants REQUIRED"), all.faults());
        it.act(City.POLICE, it.filing(), "discontinue", Stages.of(it.second(), "咸公终侦字〔2023〕1号", Stages.note("另案处理")));
        assertEquals("FILED", it.state(it.filing(), City.POLICE));
        assertEquals(Set.of("FILED 1", "CUSTODY 1", "COERCION_NOTIFIED 1", "WITHDRAWN 2"), it.milestones());
        String seen = it.everything(City.IPO);
        assertTrue(seen.contains(it.first()) && !seen.contains(it.second()), seen);
    }

    /** By {@code ref} and by id he is the same: one whom an act would decide upon twice. */
    @Test
    void nobodyStandsTwiceWhereActsDecide() {
        CriminalCase it = CriminalCase.ofThePolice();
        String twice = Stages.arrest(it.first())
                .replace("\"suspects\": [", "\"suspects\": [{\"participant\": \"P1\"},")
                .replace("{\"id\": \"" + it.first() + "\"", "{\"ref\": \"P1\", \"id\": \"" + it.first() + "\"");
        SignedAnswer answer = work.city()
                .call(City.POLICE, "POST", "/v1/arrests")
                .idempotencyKey()
                .body(City.utf8(Stages.draft(it.filing().id(), twice)))
                .send();
        Reply reply = new Reply(answer.status(), answer.headers(), answer.body());
        reply.requireProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/content/suspects/1/participant DUPLICATE"), reply.faults());
    }

    @Test
    void nothingIsDoneTomorrow() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece detention = it.create(City.POLICE, "investigation", Stages.measure("DETENTION", it.first()));
        it.act(City.POLICE, detention, "approve", Stages.document("咸公拘字〔2023〕1号"));
        Reply later = act(City.POLICE, detention, "execute", "{" + occurred("2999-01-01", "DAY") + "}");
        later.requireProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/occurred/time FUTURE"), later.faults());
        assertEquals(Set.of("FILED 1", "FILED 2"), it.milestones());
    }

    /** 宁波: of the non-prosecution the month is known, and no day. */
    @Test
    void aMonthIsNoDay() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece arrest = it.arrestRequested();
        it.act(
                City.PROC,
                arrest,
                "approve",
                "{\"documentNumber\": \"咸检批捕〔2023〕1号\", " + occurred("2023-02-01", "MONTH") + "}");
        JsonNode suspect = it.read(City.POLICE, arrest).at("/content/suspects/0");
        assertEquals("APPROVED", suspect.get("decision").asText());
        assertTrue(suspect.path("decidedOn").isMissingNode(), suspect.toString());
        Reply undated = act(City.POLICE, arrest, "execute", "{" + occurred("2023-02-01", "MONTH") + "}");
        undated.requireProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/occurred/precision DAY_NEEDED"), undated.faults());
    }

    private static String occurred(String day, String precision) {
        return "\"occurred\": {\"time\": \"" + day + "T00:00:00+08:00\", \"precision\": \"" + precision + "\"}";
    }

    @Test
    void oneAppealExcludesNeitherAnotherNorAProtest() {
        CriminalCase it = CriminalCase.ofThePolice();
        it.detained(it.first(), it.second());
        it.indict(it.create(City.PROC, "prosecution", Stages.prosecution(it.first())));
        Piece judgment =
                it.create(City.COURT, "judgment", Stages.judgment(it.first()) + ", \"appealBy\": [\"DEFENDANT\"]");
        it.act(City.COURT, judgment, "hear", "{}");
        it.act(
                City.COURT,
                judgment,
                "pronounce",
                "{\"occurred\": {\"time\": \"2023-06-30T00:00:00+08:00\", \"precision\": \"DAY\"}}");
        it.act(City.COURT, judgment, "appeal", "{\"participants\": [\"" + it.first() + "\"]}");
        it.act(City.PROC, judgment, "protest", "{\"documentNumber\": \"咸检诉刑抗〔2023〕1号\"," + Stages.note("量刑畸轻") + "}");
        assertEquals("APPEALED", it.state(judgment, City.COURT));
        assertEquals("SUMMARY", it.read(City.POLICE, judgment).at("/meta/view").asText());

        Piece second = it.create(
                City.COURT,
                "judgment",
                Stages.judgment(it.first()).replace("\"FIRST\"", "\"SECOND\"").replace("刑初1号", "刑终1号")
                        + ", \"against\": \"（2023）鄂12刑初1号\"");
        it.act(City.COURT, second, "hear", "{}");
        it.act(City.COURT, second, "remand", "{" + Stages.note("事实不清") + "}");
        assertFalse(it.milestones().contains("JUDGED 1"), "what was pronounced is annulled");
        assertEquals(404, it.status(City.POLICE, judgment));
    }

    @Test
    void namesAreWholeCharactersOnEveryPath() {
        String rare = "𠮷𡈽某";
        String minority = "阿卜杜拉•买买提某某";
        Piece penalty = work.create(
                City.MSA,
                "penalty",
                Stages.draft(null, Stages.penalty(""))
                        .replace(
                                "\"name\": \"张某某\"}",
                                "\"name\": \"" + minority + "\"}, {\"ref\": \"P2\", \"type\": \"NATURAL_PERSON\","
                                        + " \"roles\": [\"PARTY\"], \"name\": \"" + rare + "\"}"));
        penalty = work.act(
                City.MSA, penalty, "notify", "{\"documentNumber\": \"咸市监告〔2023〕1号\"," + Stages.note(rare) + "}");
        for (String unit : List.of(City.MSA, City.IPO, City.PROC)) {
            for (String target : List.of(
                    penalty.path(), penalty.path() + "/history", "/v1/penalties?matterId=" + penalty.matter())) {
                List<String> names = Casework.json(
                                work.city().call(unit, "GET", target).send())
                        .findValuesAsText("name");
                assertTrue(names.containsAll(List.of(rare, minority)), () -> "as given: " + names);
            }
        }
        String summary = Casework.json(
                        work.city().call(City.COURT, "GET", penalty.path()).send())
                .toString();
        assertFalse(summary.contains("𠮷") || summary.contains("阿卜杜拉"), summary);
    }

    private static String name(String member) {
        return member.substring(1, member.indexOf('"', 1));
    }

    private void refused(CriminalCase it, String unit, String kind, String content, String field) {
        refused(unit, kind, Stages.draft(it.filing().id(), content), field);
    }

    private void refused(String unit, String kind, String draft, String field) {
        SignedAnswer answer = work.city()
                .call(unit, "POST", Casework.collection(kind))
                .idempotencyKey()
                .body(City.utf8(draft))
                .send();
        readOnly(new Reply(answer.status(), answer.headers(), answer.body()), "/" + field);
    }

    private static void readOnly(Reply reply, String field) {
        reply.requireProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/content" + field + " READ_ONLY"), reply.faults());
    }

    /** The prosecution's content as it stands, with the change, put back by its owner. */
    private Reply amended(Piece prosecution, Consumer<ObjectNode> change) {
        ObjectNode content = (ObjectNode) Casework.json(
                        work.city().call(City.PROC, "GET", prosecution.path()).send())
                .get("content");
        change.accept(content);
        SignedAnswer answer = work.city()
                .call(City.PROC, "PUT", prosecution.path())
                .ifMatch("*")
                .body(City.utf8("{\"noStateSecret\": true, \"content\": " + content + "}"))
                .send();
        return new Reply(answer.status(), answer.headers(), answer.body());
    }

    private Reply act(String unit, Piece piece, String act, String body) {
        SignedAnswer answer = work.city()
                .call(unit, "POST", piece.path() + "/acts/" + act)
                .idempotencyKey()
                .ifMatch("*")
                .body(City.utf8(body))
                .send();
        return new Reply(answer.status(), answer.headers(), answer.body());
    }
}
