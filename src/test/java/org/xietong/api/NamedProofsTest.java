package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Reply;
import org.xietong.testing.Stages;

/** What the agencies were promised by name (domain, section 6), each over every path to a record (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
class NamedProofsTest {
    private static final List<String> ADMINISTRATION = List.of(City.MSA, City.IPO, City.COPYRIGHT);

    private final Casework work = new Casework();

    @Test
    void aMatterNeverTiesAnAgencysOwnPenaltyToASecretFiling() {
        Piece penalty = work.create(
                City.MSA,
                "penalty",
                Stages.draft(null, Stages.penalty(""))
                        .replaceFirst("\\{", "{\"addressees\": [\"" + City.POLICE + "\"],"));
        List<String> paths = List.of(
                penalty.path(),
                penalty.path() + "/history",
                penalty.matterPath(),
                penalty.matterPath() + "/timeline",
                "/v1/penalties?count=true&matterId=" + penalty.matter(),
                "/v1/filings?count=true&matterId=" + penalty.matter(),
                "/v1/investigations?count=true&matterId=" + penalty.matter(),
                "/v1/supervisions?count=true&matterId=" + penalty.matter());
        List<String> before =
                ADMINISTRATION.stream().map(unit -> seen(unit, paths)).toList();

        CriminalCase secret = CriminalCase.in(penalty.matter());
        Piece search = secret.create(City.POLICE, "investigation", Stages.measure("APPRAISAL", secret.first()));
        secret.act(City.POLICE, search, "approve", Stages.document("咸公鉴聘字〔2023〕1号"));
        secret.act(City.POLICE, search, "execute", "{}");
        secret.create(City.PROC, "supervision", Stages.supervision("FILING", ""));
        secret.create(City.POLICE, "arrest", Stages.arrest(secret.first(), secret.second()));

        assertEquals(
                before, ADMINISTRATION.stream().map(unit -> seen(unit, paths)).toList());
        for (String unit : ADMINISTRATION) {
            for (Piece piece : secret.pieces()) {
                assertEquals(404, secret.status(unit, piece), unit + " " + piece.kind());
            }
        }
    }

    @Test
    void theIndictmentOfOneOpensNothingOfAnother() {
        CriminalCase it = CriminalCase.transferred();
        Piece alone = it.detained(it.second());
        it.detained(it.first(), it.second());
        it.arrested();
        it.sent();
        String before = it.everything(City.COURT);
        assertFalse(before.contains(it.first()), "no sight before the indictment");
        assertFalse(before.contains(it.second()));

        it.indictedFirst();
        String after = it.everything(City.COURT);
        assertTrue(after.contains(it.first()));
        for (String protectedText : List.of(
                it.second(),
                CriminalCase.SECOND_NAME,
                CriminalCase.SECOND_NAME.substring(0, 1) + "某",
                CriminalCase.SECOND_NUMBER,
                CriminalCase.SECOND_NOTE,
                "REFUSED",
                "refuse")) {
            assertFalse(after.contains(protectedText), () -> protectedText + " in\n" + after);
        }
        assertEquals(404, it.status(City.COURT, alone));
        assertFalse(after.contains(alone.id()));
    }

    @Test
    void theStateTellsNobodyWhoMayKnowOfOneOnly() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece arrest = it.arrested();
        it.indictedFirst();
        JsonNode seen = it.read(City.COURT, arrest);
        assertEquals("FULL", seen.at("/meta/view").asText());
        assertTrue(seen.path("state").isMissingNode() || seen.path("state").isNull(), seen.toString());
        assertEquals(1, seen.at("/content/suspects").size());
        String list = "/v1/arrests?count=true&matterId=" + it.filing().matter();
        assertEquals(1, Casework.json(it.get(City.COURT, list)).get("count").asInt());
        for (String state : Stages.STATES) {
            JsonNode filtered = Casework.json(it.get(City.COURT, list + "&state=" + state));
            assertEquals(0, filtered.get("count").asInt(), state);
            assertEquals(0, filtered.get("items").size(), state);
        }
        assertEquals(403, status(City.COURT, arrest.path() + "/history"));
    }

    @Test
    void whatIsDoneUponTheOtherChangesNothingThatIsSeenOfTheFirst() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece arrest = it.arrested();
        Piece prosecution = it.indictedFirst();
        String before = it.everything(City.COURT);
        assertTrue(before.contains(arrest.id()));
        it.act(City.POLICE, arrest, "reconsider", Stages.document("咸公要复〔2023〕1号"));
        it.act(City.PROC, arrest, "reverse", Stages.document("咸检复决〔2023〕1号"));
        it.act(City.POLICE, arrest, "execute", "{}");
        it.act(
                City.PROC,
                prosecution,
                "not-prosecute",
                Stages.of(it.second(), "咸检不诉〔2023〕1号", "\"reasonCode\": \"DISCRETIONARY\","));
        assertEquals(before, it.everything(City.COURT));
    }

    @Test
    void anIndictmentIsWithdrawnWhileAnotherSuspectStillWaits() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece prosecution = it.indictedFirst();
        it.act(
                City.PROC,
                prosecution,
                "withdraw",
                "{\"documentNumber\": \"咸检撤诉〔2023〕1号\"," + Stages.note("证据发生变化") + "}");
        assertEquals("RECEIVED", it.state(prosecution, City.PROC), "the second still waits");
        assertFalse(it.milestones().contains("INDICTED 1"));
        assertEquals(404, it.status(City.COURT, it.filing()));
    }

    @Test
    void whoSeesEverybodyConcernedSeesTheState() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece arrest = it.create(City.POLICE, "arrest", Stages.arrest(it.first()));
        it.act(City.POLICE, arrest, "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        it.indictedFirst();
        assertEquals("REQUESTED", it.read(City.COURT, arrest).get("state").asText());
        assertEquals(
                "REQUESTED",
                Casework.json(it.get(City.COURT, arrest.path() + "/history"))
                        .at("/versions/1/state")
                        .asText());
    }

    @Test
    void aLabelCannotHideATransferFromTheProcuratorate() {
        String label = Scenes.label("WORK_SECRET_LIMITED", "\"units\": [\"" + City.POLICE + "\"]")
                .replace("\"level\"", "\"caveats\": [\"MINOR\", \"INVESTIGATION\"], \"level\"");
        Piece clue = work.review(City.MSA, work.createSigned(City.MSA, "clue", Drafts.clue("", null, label)));
        clue = work.transferred(City.MSA, clue, City.POLICE);
        assertEquals(404, status(City.COPYRIGHT, clue.path()));
        assertEquals("FULL", view(City.PROC, clue));
        JsonNode listed = Casework.json(get(City.PROC, "/v1/clues?count=true&matterId=" + clue.matter()));
        assertEquals(1, listed.path("count").asInt(), listed.toString());
        assertEquals(
                "TRANSFERRED", listed.at("/items/0/state").asText(), "that it was transferred, not only that it is");
        assertEquals(200, status(City.PROC, clue.matterPath() + "/timeline"));
    }

    @Test
    void theAuditorSeesNoContent() {
        CriminalCase it = CriminalCase.transferred();
        it.detained(it.first(), it.second());
        it.arrested();
        it.sent();
        Piece prosecution = it.returnedOnce();
        it.indict(prosecution);
        Piece judgment = it.create(
                City.COURT,
                "judgment",
                Stages.judgment(it.first())
                        + ", \"publicText\": \"公开文书正文\", \"publicUrl\": \"https://example.invalid/1\"");
        it.create(City.COURT, "enforcement", Stages.enforcement(it.first()));
        Piece supervision = it.create(City.PROC, "supervision", Stages.supervision("FILING", ""));
        it.act(City.PROC, supervision, "serve", Stages.to("咸检监〔2023〕1号", City.POLICE));
        String all = it.everything(City.AUD);
        for (String content : List.of(
                "张某",
                "李某",
                "欧阳",
                "公开文书正文",
                "example.invalid",
                "有证据证明",
                "现场检查",
                "立案理由",
                "请补充",
                "CL_214",
                "30000",
                "刑初1号",
                "咸检",
                "咸公",
                "NO_SOCIAL_DANGER",
                "DETENTION")) {
            assertFalse(all.contains(content), () -> content + " in\n" + all);
        }
        assertEquals("METADATA", view(City.AUD, judgment));
        assertFalse(all.contains("\"FULL\""));
        assertFalse(all.contains("\"SUMMARY\""));
    }

    @Test
    void whoLostAMilestoneLosesTheSight() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece detention = it.detained(it.first(), it.second());
        Piece arrest = it.arrested();
        Piece prosecution = it.create(City.PROC, "prosecution", Stages.prosecution(it.first()));
        it.indict(prosecution);
        for (Piece piece : List.of(it.filing(), detention, arrest, prosecution)) {
            assertEquals("FULL", view(City.COURT, piece), piece.kind());
        }
        it.act(
                City.PROC,
                prosecution,
                "withdraw",
                "{\"documentNumber\": \"咸检撤诉〔2023〕1号\"," + Stages.note("证据发生变化") + "}");
        for (Piece piece : List.of(it.filing(), detention, arrest)) {
            assertEquals(404, it.status(City.COURT, piece), piece.kind());
            assertEquals(404, status(City.COURT, piece.path() + "/history"), piece.kind());
        }
        assertEquals("METADATA", view(City.COURT, prosecution));
        String after = it.everything(City.COURT);
        for (Piece piece : List.of(it.filing(), detention, arrest)) {
            assertFalse(after.contains(piece.id()), after);
        }
    }

    @Test
    void aCaseThatIsWithdrawnClosesWhatItHadOpened() {
        CriminalCase it = CriminalCase.ofThePolice();
        it.detained(it.first(), it.second());
        Piece arrest = it.arrested();
        assertEquals("METADATA", view(City.IPO, it.filing()));
        assertEquals("METADATA", view(City.IPO, arrest));
        it.act(
                City.POLICE,
                it.filing(),
                "withdraw",
                "{\"documentNumber\": \"咸公撤案字〔2023〕1号\"," + Stages.note("没有犯罪事实") + "}");
        assertEquals(404, it.status(City.IPO, it.filing()));
        assertEquals(404, it.status(City.IPO, arrest));
        assertTrue(it.milestones().contains("WITHDRAWN 1"));
        assertFalse(it.milestones().toString().contains("CUSTODY"));
    }

    @Test
    void nobodySeesASupervisionBeforeItIsServed() {
        CriminalCase it = CriminalCase.transferred();
        List<String> all =
                List.of(City.COURT, City.POLICE, City.MSA, City.IPO, City.COPYRIGHT, City.AUD, City.POLICE_DISTRICT);
        List<String> before = all.stream().map(it::everything).toList();
        Piece supervision =
                work.create(City.PROC, "supervision", Stages.draft(it.filing().id(), Stages.supervision("FILING", "")));
        assertEquals(before, all.stream().map(it::everything).toList());
        for (String unit : all) {
            assertEquals(404, it.status(unit, supervision), unit);
            assertEquals(404, status(unit, supervision.path() + "/history"), unit);
            assertEquals(
                    0,
                    Casework.json(get(unit, "/v1/supervisions?count=true&matterId=" + supervision.matter()))
                            .get("count")
                            .asInt(),
                    unit);
        }
        it.act(City.PROC, supervision, "serve", Stages.to("咸检监〔2023〕1号", City.POLICE));
        assertEquals("FULL", view(City.POLICE, supervision));
        assertEquals(404, it.status(City.COURT, supervision));
    }

    @Test
    void aFilingOutOfReachFailsLikeOneThatDoesNotExist() {
        CriminalCase it = CriminalCase.transferred();
        Piece administrative = work.create(
                City.MSA, "filing", Scenes.other("ADMINISTRATIVE", "ADMIN_TRADEMARK", null, "A-" + UUID.randomUUID()));
        Piece district = work.create(City.POLICE_DISTRICT, "filing", Stages.criminal(null, "王某某"));
        String measure = "\"measure\": \"SEARCH\", \"participants\": [{\"ref\": \"P\", \"type\": \"NATURAL_PERSON\","
                + " \"roles\": [\"SUSPECT\"], \"name\": \"某某\"}]";
        String nonexistent =
                refusal(City.POLICE, "investigation", UUID.randomUUID().toString(), measure);
        for (String filing :
                List.of(administrative.id(), district.id(), it.clue().id())) {
            assertEquals(nonexistent, refusal(City.POLICE, "investigation", filing, measure));
        }
        String judgment = Stages.judgment().replace("\"results\": [],", "");
        assertEquals(
                refusal(City.COURT, "judgment", UUID.randomUUID().toString(), judgment),
                refusal(City.COURT, "judgment", it.filing().id(), judgment),
                "not indicted: out of sight");
        String penalty = Stages.penalty("");
        assertEquals(
                refusal(City.MSA, "penalty", UUID.randomUUID().toString(), penalty),
                refusal(City.MSA, "penalty", it.filing().id(), penalty));
        String prosecution = Stages.prosecution(it.first());
        assertEquals(
                refusal(City.PROC, "prosecution", UUID.randomUUID().toString(), prosecution),
                refusal(City.PROC, "prosecution", district.id(), prosecution),
                "of another level");
    }

    @Test
    void aStageIsPostedIntoItsFilingsMatterAndNoOther() {
        CriminalCase it = CriminalCase.ofThePolice();
        CriminalCase other = CriminalCase.ofThePolice();
        Reply reply = post(
                City.POLICE,
                "investigation",
                Stages.draft(it.filing().id(), Stages.measure("SEARCH", it.first()))
                        .replaceFirst(
                                "\\{", "{\"matterId\": \"" + other.filing().matter() + "\","));
        reply.requireProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/filing UNKNOWN"), reply.faults());
        Reply missing = post(City.POLICE, "investigation", Stages.draft(null, Stages.measure("SEARCH", it.first())));
        assertEquals(List.of("/filing REQUIRED"), missing.faults());
        Reply foreign = post(
                City.POLICE, "investigation", Stages.draft(it.filing().id(), Stages.measure("SEARCH", other.first())));
        assertEquals(List.of("/content/participants/0/id UNKNOWN"), foreign.faults());
        assertNotEquals(it.first(), other.first());
    }

    /** What refuses the draft, without what differs from one exchange to the next. */
    private String refusal(String unit, String kind, String filing, String content) {
        Reply reply = post(unit, kind, Stages.draft(filing, content));
        assertTrue(reply.status() == 422, reply.text());
        return reply.text().replaceAll("\"exchangeId\" ?: ?\"[^\"]*\"", "");
    }

    private Reply post(String unit, String kind, String draft) {
        SignedAnswer answer = work.city()
                .call(unit, "POST", Casework.collection(kind))
                .idempotencyKey()
                .body(City.utf8(draft))
                .send();
        return new Reply(answer.status(), answer.headers(), answer.body());
    }

    private String seen(String unit, List<String> paths) {
        StringBuilder all = new StringBuilder();
        for (String path : paths) {
            SignedAnswer answer = get(unit, path);
            all.append(path)
                    .append(' ')
                    .append(answer.status())
                    .append(answer.headers().firstValue("ETag").orElse(""))
                    .append(answer.status() < 400 ? Casework.text(answer) : "")
                    .append('\n');
        }
        return all.toString();
    }

    private String view(String unit, Piece piece) {
        SignedAnswer answer = get(unit, piece.path());
        return answer.status() == 200 ? Casework.json(answer).at("/meta/view").asText() : "" + answer.status();
    }

    private int status(String unit, String target) {
        return get(unit, target).status();
    }

    private SignedAnswer get(String unit, String target) {
        return work.city().call(unit, "GET", target).send();
    }
}
