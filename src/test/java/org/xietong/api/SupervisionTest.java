package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.matter.Occurred;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Reply;
import org.xietong.testing.Stages;

/** Supervision over HTTP: upon whom, by which paper, who learns of it and how far, what it leads to, and its clocks. */
@QuarkusTest
@WithTestResource(CityResource.class)
class SupervisionTest {
    private static final String NOTICE = "不立案理由成立，特此告知";
    private static final String ANSWER = "未达追诉标准之说明";

    private final Casework work = new Casework();
    private final Transfers transfers = new Transfers(work);

    @Test
    void anOrderLeadsToTheFilingThatItNames() {
        Piece transfer = complained();
        Piece it = ordered(served(about(transfer)));
        Piece filing = work.create(City.POLICE, "filing", Stages.criminal(null, "李某某"));
        Piece others = work.create(City.MSA, "penalty", Stages.draft(null, Stages.penalty("")));
        assertEquals(Set.of("/record NOT_YET"), refusal(City.POLICE, it, "comply", naming(filing.id())));
        assertEquals(Set.of("/record UNKNOWN"), refusal(City.POLICE, it, "comply", naming(others.id())));
        assertEquals(
                Set.of("/record UNKNOWN"),
                refusal(City.POLICE, it, "comply", naming(UUID.randomUUID().toString())));
        work.act(City.POLICE, filing, "file", Stages.document("咸公立字〔2023〕8号"));
        act(City.POLICE, it, "comply", naming(filing.id()));
        assertEquals("COMPLIED", read(City.PROC, it).get("state").asText());
        assertEquals(filing.id(), read(City.PROC, it).at("/content/ledTo").asText());
        assertEquals(filing.id(), read(City.POLICE, it).at("/content/ledTo").asText());
        assertTrue(read(City.MSA, it).at("/content/ledTo").isMissingNode());
        assertEquals("COMPLIED", read(City.MSA, it).get("state").asText());
        assertEquals("MET", deadline(it, "T10"));
        assertEquals("RUNNING", deadline(it, "T10_REMIND"));
        act(City.PROC, it, "remind", Stages.document("咸检催〔2023〕1号"));
        assertEquals("ENDED", deadline(it, "T10_REMIND"));
        act(City.PROC, it, "order", "{\"documentNumber\": \"咸检通立〔2023〕9号\"," + Stages.note("所立非本案") + "}");
        assertEquals("FILING_ORDERED", read(City.PROC, it).get("state").asText(), "it is the police's word alone");
    }

    /** The filing stands in a matter of its own, and ends there what runs here; one that is named in place of another takes the time along. */
    @Test
    void theReminderFollowsTheFiling() {
        Piece it = ordered(served(about(complained())));
        Piece first = filed("甲某某");
        act(City.POLICE, it, "comply", naming(first.id()));
        act(City.PROC, it, "order", "{\"documentNumber\": \"咸检通立〔2023〕9号\"," + Stages.note("所立非本案") + "}");
        Piece second = filed("乙某某");
        act(City.POLICE, it, "comply", naming(second.id()));
        assertEquals(List.of("ENDED", "RUNNING"), reminders(it));
        JsonNode shown = Casework.json(
                work.city().call(City.PROC, "GET", it.path() + "/deadlines").send());
        assertFalse(shown.toString().contains(second.matter()), "where the filing stands is not told");
        work.act(City.POLICE, first, "withdraw", "{\"documentNumber\": \"咸公撤〔2023〕1号\"," + Stages.note("撤案") + "}");
        assertEquals(List.of("ENDED", "RUNNING"), reminders(it));
        work.act(City.POLICE, second, "withdraw", "{\"documentNumber\": \"咸公撤〔2023〕2号\"," + Stages.note("撤案") + "}");
        assertEquals(List.of("ENDED", "ENDED"), reminders(it));
    }

    private Piece filed(String suspect) {
        Piece filing = work.create(City.POLICE, "filing", Stages.criminal(null, suspect));
        return work.act(City.POLICE, filing, "file", Stages.document("咸公立字〔2023〕8号"));
    }

    private List<String> reminders(Piece it) {
        JsonNode page = Casework.json(
                work.city().call(City.PROC, "GET", it.path() + "/deadlines").send());
        return StreamSupport.stream(page.get("items").spliterator(), false)
                .filter(each -> each.get("rule").asText().equals("T10_REMIND"))
                .map(each -> each.get("state").asText())
                .sorted()
                .toList();
    }

    /** Who is supervised neither stops nor renews his own days. */
    @Test
    void theSupervisedOrdersNothingOfHisDays() {
        Piece it = ordered(served(about(complained())));
        String t10 = StreamSupport.stream(
                        get(City.PROC, it.path() + "/deadlines").get("items").spliterator(), false)
                .filter(each -> each.get("rule").asText().equals("T10"))
                .map(each -> each.get("id").asText())
                .findFirst()
                .orElseThrow();
        for (String order : List.of("SUSPEND", "RESTART")) {
            assertEquals(403, orders(City.POLICE, t10, order), order);
        }
        assertEquals(422, orders(City.PROC, t10, "RESTART"), "the law lets it not begin anew");
        assertEquals(201, orders(City.PROC, t10, "SUSPEND"));
    }

    private int orders(String unit, String deadline, String order) {
        return work.city()
                .call(unit, "POST", "/v1/deadlines/" + deadline + "/orders")
                .idempotencyKey()
                .body(City.utf8("{\"order\": \"" + order + "\", \"documentNumber\": \"1号\"}"))
                .send()
                .status();
    }

    @Test
    void onlyWhatLeadsSomewhereNamesARecord() {
        Piece it = served(about(complained()));
        String named = naming(it.id()).replace("{", "{" + Stages.note(ANSWER) + ",");
        assertEquals(Set.of("/record NOT_ALLOWED"), refusal(City.POLICE, it, "answer", named));
    }

    @Test
    void whoComplainedSeesHowItStandsAndNotTheAnswer() {
        Piece it = served(about(complained()));
        act(City.POLICE, it, "answer", "{\"documentNumber\": \"咸公说〔2023〕1号\"," + Stages.note(ANSWER) + "}");
        act(City.PROC, it, "accept", "{}");
        JsonNode seen = read(City.MSA, it);
        assertEquals("SUMMARY", seen.at("/meta/view").asText());
        assertEquals("ACCEPTED", seen.get("state").asText());
        assertEquals("REASON_ACCEPTED", seen.at("/content/result").asText());
        assertFalse(seen.toString().contains(ANSWER), seen.toString());
        for (String field : List.of("reply", "repliedOn", "facts", "documents", "participants")) {
            assertTrue(seen.at("/content/" + field).isMissingNode(), field);
        }
        assertEquals(403, status(City.MSA, it.path() + "/history"));
        assertEquals(403, status(City.MSA, it.path() + "/deadlines"));
        assertEquals("[]", read(City.MSA, it).get("actions").toString());
        act(City.PROC, it, "inform", "{" + Stages.note(NOTICE) + "}");
        assertEquals(NOTICE, read(City.MSA, it).at("/content/notice").asText());
        assertEquals("MET", deadline(it, "T9_INFORM"));
        assertEquals(
                409,
                tried(City.PROC, it, "inform", "{" + Stages.note(NOTICE) + "}").status(),
                "once");
        for (String unit : List.of(City.IPO, City.COPYRIGHT, City.COURT)) {
            assertEquals(404, status(unit, it.path()), unit);
        }
    }

    /** That a sender's transfer is supervised is his business once he has complained of it, then or before. */
    @Test
    void whoHasNotComplainedSeesNothing() {
        Piece transfer = refused();
        Piece it = served(about(transfer));
        assertEquals(404, status(City.MSA, it.path()));
        transfers.act(City.MSA, transfer, "complain", Stages.document("咸市监建〔2023〕1号"));
        assertEquals(200, status(City.MSA, it.path()));
    }

    @Test
    void nobodyLearnsOfItBeforeService() {
        Piece it = about(complained());
        for (String unit : List.of(City.POLICE, City.MSA, City.IPO, City.COURT)) {
            assertEquals(404, status(unit, it.path()), unit);
            assertEquals(
                    0,
                    get(unit, "/v1/supervisions?count=true&matterId=" + it.matter())
                            .path("count")
                            .asInt(-1),
                    unit);
        }
        String before = text(City.POLICE, it.matterPath() + "/timeline");
        act(City.PROC, it, "end-review", "{" + Stages.note("无须监督") + "}");
        assertEquals(before, text(City.POLICE, it.matterPath() + "/timeline"));
        assertEquals(404, status(City.POLICE, it.path()));
        assertEquals("REVIEW_ENDED", read(City.MSA, it).get("state").asText(), "who asked learns that it ended");
        act(City.PROC, it, "inform", "{" + Stages.note(NOTICE) + "}");
        assertEquals(NOTICE, read(City.MSA, it).at("/content/notice").asText());
    }

    @Test
    void whatItIsAboutMustBeSeenInFull() {
        Piece district = transfers.reported(City.MSA_DISTRICT);
        Piece clue = work.clue(City.MSA);
        Piece transfer = complained();
        for (String id : List.of(UUID.randomUUID().toString(), district.id(), clue.id())) {
            Reply reply = created(City.PROC, Stages.draft(null, filing(id)));
            assertEquals(422, reply.status(), id);
            assertEquals(Set.of("/content/transfer UNKNOWN"), new TreeSet<>(reply.faults()), id);
        }
        Reply elsewhere = created(
                City.PROC,
                Stages.draft(null, filing(transfer.id()))
                        .replaceFirst("\\{", "{\"matterId\": \"" + complained().matter() + "\","));
        assertEquals(Set.of("/content/transfer UNKNOWN"), new TreeSet<>(elsewhere.faults()));
        Piece it = work.create(City.PROC, "supervision", Stages.draft(null, Stages.supervision("FILING", "")));
        Reply amended = amended(it, filing(transfer.id()));
        assertEquals(Set.of("/content/transfer UNKNOWN"), new TreeSet<>(amended.faults()), "another matter");
    }

    /** A clock runs by the day that the paper names: once it is served no amendment moves it, and an order adds to it. */
    @Test
    void theDayThatThePaperNamesStays() {
        String content = Stages.supervision("TRIAL", "");
        Piece it = work.create(City.PROC, "supervision", Stages.draft(null, content));
        String later = content.replace("2023-02-08", "2099-02-08");
        assertEquals(200, amended(it, later).status());
        act(City.PROC, it, "serve", "{\"documentNumber\": \"咸检纠〔2023〕1号\", \"addressees\": [\"COURT-421200\"]}");
        assertEquals("RUNNING", deadline(it, "PAPER_REPLY"));
        Reply moved = amended(it, content);
        assertEquals(Set.of("/content/dueOn READ_ONLY"), new TreeSet<>(moved.faults()));
    }

    /** The head declined: no copy went out, and the procuratorate is in the matter only by supervising. */
    @Test
    void aTransferThatWasDeclinedIsSupervised() {
        Piece transfer =
                transfers.signed(City.MSA, transfers.reported(City.MSA), "decline", "{" + Stages.note("不够标准") + "}");
        Piece it = work.create(
                City.PROC,
                "supervision",
                Stages.draft(null, Stages.supervision("NON_TRANSFER", ", \"transfer\": \"" + transfer.id() + "\"")));
        assertEquals(transfer.matter(), it.matter());
        assertEquals(404, status(City.MSA, it.path()));
        act(City.PROC, it, "serve", Stages.to("咸检意〔2023〕1号", City.MSA));
        Piece made = transfers.dispatched(City.MSA);
        act(City.MSA, it, "comply", naming(made.id()));
        assertEquals(made.id(), read(City.PROC, it).at("/content/ledTo").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "FILING, MSA-421200",
        "FILING, COURT-421200",
        "WRONG_FILING, COURT-421200",
        "INVESTIGATION, MSA-421200",
        "TRIAL, POLICE-421200",
        "CIVIL, POLICE-421200",
        "NON_TRANSFER, POLICE-421200",
        "REVERSE_TRANSFER, POLICE-421200",
        "REVERSE_TRANSFER, COURT-421200",
        "FILING, PROC-421200"
    })
    void whomTheTypeIsNotUponCannotReceiveIt(String type, String unit) {
        Piece it = work.create(City.PROC, "supervision", Stages.draft(null, Stages.supervision(type, "")));
        assertEquals(
                Set.of("/addressees/0 CANNOT_RECEIVE"), refusal(City.PROC, it, "serve", Stages.to("咸检〔2023〕1号", unit)));
        assertEquals(404, status(City.POLICE, it.path()));
    }

    @Test
    void aPaperIsServedOnOneUnit() {
        Piece it = about(complained());
        String two = "{\"documentNumber\": \"咸检〔2023〕1号\", \"addressees\": [\"%s\", \"%s\"]}"
                .formatted(City.POLICE, City.POLICE_DISTRICT);
        assertEquals(Set.of("/addressees/1 NOT_ALLOWED"), refusal(City.PROC, it, "serve", two));
    }

    /** Nor does a draft bring anybody in: neither before it is served, nor beside whom it was served upon. */
    @Test
    void aDraftBringsNobodyIn() {
        String draft = Stages.draft(null, Stages.supervision("FILING", ""));
        String addressed = draft.replaceFirst("\\{", "{\"addressees\": [\"" + City.POLICE + "\"],");
        assertEquals(
                Set.of("/addressees/0 NOT_ALLOWED"),
                new TreeSet<>(created(City.PROC, addressed).faults()));
        Piece it = work.create(City.PROC, "supervision", draft);
        act(City.PROC, it, "serve", Stages.to("咸检〔2023〕1号", City.POLICE));
        String beside = draft.replaceFirst(
                "\\{", "{\"addressees\": [\"" + City.POLICE + "\", \"" + City.POLICE_DISTRICT + "\"],");
        assertEquals(
                Set.of("/addressees/1 NOT_ALLOWED"),
                new TreeSet<>(put(it, beside).faults()));
        assertEquals(404, status(City.POLICE_DISTRICT, it.path()));
        assertEquals(200, status(City.POLICE, it.path()));
    }

    @Test
    void onlyItsOwnOrganOpensEachType() {
        for (String unit : List.of(City.POLICE, City.MSA, City.COURT)) {
            assertEquals(
                    403,
                    created(unit, Stages.draft(null, Stages.supervision("FILING", "")))
                            .status(),
                    unit);
        }
        CriminalCase it = CriminalCase.ofThePolice();
        String asked = Stages.draft(
                it.filing().id(),
                Stages.supervision("EARLY_PARTICIPATION_REQUEST", "," + Stages.participants(it.first())));
        assertEquals(403, created(City.PROC, asked).status());
        assertEquals(201, created(City.POLICE, asked).status());
        String own = asked.replace("_REQUEST", "");
        assertEquals(403, created(City.POLICE, own).status());
        assertEquals(201, created(City.PROC, own).status());
    }

    @ParameterizedTest
    @CsvSource({
        "FILING, OPINION, /content/document NOT_ALLOWED",
        "WRONG_FILING, REASONS_FOR_NOT_FILING, /content/document NOT_ALLOWED",
        "REVERSE_TRANSFER, CORRECTION, /content/document NOT_ALLOWED",
        "TRIAL, ORDER_TO_FILE, /content/document NOT_ALLOWED"
    })
    void aTypeIsOpenedByItsPapers(String type, String document, String fault) {
        String content = Stages.supervision(type, "")
                .replaceFirst("\"document\": \"[A-Z_]+\"", "\"document\": \"" + document + "\"");
        assertEquals(
                Set.of(fault),
                new TreeSet<>(created(City.PROC, Stages.draft(null, content)).faults()));
    }

    @Test
    void anEarlyParticipationSaysWhyAndNothingElseDoes() {
        CriminalCase it = CriminalCase.ofThePolice();
        String content = Stages.supervision("EARLY_PARTICIPATION", "," + Stages.participants(it.first()));
        Reply without =
                created(City.PROC, Stages.draft(it.filing().id(), content.replace("\"reason\": \"DIFFICULT\",", "")));
        assertEquals(Set.of("/content/reason REQUIRED"), new TreeSet<>(without.faults()));
        Reply other = created(City.PROC, Stages.draft(null, Stages.supervision("TRIAL", ", \"reason\": \"MAJOR\"")));
        assertEquals(Set.of("/content/reason NOT_ALLOWED"), new TreeSet<>(other.faults()));
    }

    @Test
    void ofTwoOfficersAtOnceOneDecides() throws Exception {
        Piece it = served(about(complained()));
        act(City.POLICE, it, "answer", "{\"documentNumber\": \"咸公说〔2023〕1号\"," + Stages.note(ANSWER) + "}");
        String etag = work.city()
                .call(City.PROC, "GET", it.path())
                .send()
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        List<Future<Integer>> both = new ArrayList<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            both.add(two.submit(() -> decided(it, 1, etag, "accept", "{}")));
            both.add(two.submit(() ->
                    decided(it, 2, etag, "order", "{\"documentNumber\": \"咸检通〔2023〕1号\"," + Stages.note("请立案") + "}")));
        }
        List<Integer> statuses = List.of(both.get(0).get(), both.get(1).get());
        assertEquals(Set.of(200, 412), Set.copyOf(statuses));
        String state = read(City.PROC, it).get("state").asText();
        assertEquals(statuses.get(0) == 200 ? "ACCEPTED" : "FILING_ORDERED", state);
    }

    @Test
    void aLateAnswerWasMissedAndNoneIsOverdue() {
        Piece late = served(about(complained()), 30);
        Piece silent = served(about(complained()), 30);
        act(City.POLICE, late, "answer", "{\"documentNumber\": \"咸公说〔2023〕1号\"," + Stages.note(ANSWER) + "}");
        assertEquals("MISSED", deadline(late, "T9"));
        assertEquals("OVERDUE", deadline(silent, "T9"));
        act(City.PROC, silent, "correct", "{\"documentNumber\": \"咸检纠〔2023〕1号\"," + Stages.note("逾期") + "}");
        assertEquals("ENDED", deadline(silent, "T9"));
        act(City.PROC, silent, "order", "{\"documentNumber\": \"咸检通〔2023〕1号\"," + Stages.note("请立案") + "}");
        assertEquals("RUNNING", deadline(silent, "T10"));
    }

    @Test
    void silenceHasAPaperAndAClockOfItsOwn() {
        Piece transfer = transfers.received(City.MSA);
        transfers.act(City.MSA, transfer, "complain", Stages.document("咸市监建〔2023〕1号"));
        Piece it = served(work.create(
                City.PROC,
                "supervision",
                Stages.draft(null, filing(transfer.id()).replace("REASONS_FOR_NOT_FILING", "REASONS_FOR_SILENCE"))));
        assertEquals("RUNNING", deadline(it, "T11"));
        assertEquals("", deadline(it, "T9"));
        assertEquals("REASON_REQUESTED", read(City.MSA, it).get("state").asText());
    }

    @Test
    void theReviewOfANonProsecutionStandsStill() {
        LocalDate today = LocalDate.now(Occurred.ZONE);
        String draft = Stages.draft(null, Stages.supervision("REVERSE_TRANSFER", ""))
                .replace("2023-02-01", today.toString())
                .replace("2023-02-08", today.plusDays(60).toString());
        Piece it = work.create(City.PROC, "supervision", draft);
        assertEquals("RUNNING", deadline(it, "T16"), "from the day on which the division had it");
        act(City.PROC, it, "suspend", "{\"reasonCode\": \"PETITION\"}");
        assertEquals("SUSPENDED", deadline(it, "T16"));
        act(City.PROC, it, "resume", "{}");
        assertEquals("RUNNING", deadline(it, "T16"));
        act(City.PROC, it, "end-review", "{\"documentNumber\": \"咸检终〔2023〕1号\"," + Stages.note("无须处罚") + "}");
        assertEquals("MET", deadline(it, "T16"));
        assertEquals("", deadline(it, "T17"), "nothing was served");
    }

    @Test
    void anOrderToWithdrawIsLookedAtAgainTwice() {
        Piece it = work.create(City.PROC, "supervision", Stages.draft(null, Stages.supervision("WRONG_FILING", "")));
        act(City.PROC, it, "serve", Stages.to("咸检立理〔2023〕1号", City.POLICE));
        act(City.PROC, it, "order", "{\"documentNumber\": \"咸检撤〔2023〕1号\"," + Stages.note("请撤案") + "}");
        act(City.POLICE, it, "reconsider", "{\"documentNumber\": \"咸公复〔2023〕1号\"," + Stages.note("不服") + "}");
        assertEquals("RUNNING", deadline(it, "T10_RECONSIDER"));
        act(City.PROC, it, "uphold", Stages.document("咸检复〔2023〕1号"));
        assertEquals("MET", deadline(it, "T10_RECONSIDER"));
        assertEquals("RUNNING", deadline(it, "T10_REVIEW_REQUEST"));
        act(City.POLICE, it, "review", "{\"documentNumber\": \"咸公核〔2023〕1号\"," + Stages.note("不服") + "}");
        act(City.PROC, it, "uphold", Stages.document("咸检核〔2023〕1号"));
        assertEquals("ORDER_FINAL", read(City.POLICE, it).get("state").asText());
        Piece filing = work.create(City.POLICE, "filing", Stages.criminal(null, "李某某"));
        filing = work.act(City.POLICE, filing, "file", Stages.document("咸公立字〔2023〕8号"));
        assertEquals(Set.of("/record NOT_YET"), refusal(City.POLICE, it, "comply", naming(filing.id())), "it stands");
        work.act(City.POLICE, filing, "withdraw", "{\"documentNumber\": \"咸公撤〔2023〕1号\"," + Stages.note("撤案") + "}");
        act(City.POLICE, it, "comply", naming(filing.id()));
        assertEquals(
                List.of(
                        "REASONS_FOR_FILING",
                        "ORDER_TO_WITHDRAW",
                        "OBJECTION",
                        "OBJECTION_DECIDED",
                        "OBJECTION",
                        "OBJECTION_DECIDED",
                        "DECISION"),
                read(City.PROC, it).at("/content/documents").findValuesAsText("document"));
    }

    /** From the assignment on, and not before; where it is declined, never. */
    @Test
    void earlyParticipationThatThePoliceAskForOpensTheInvestigation() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece search = it.create(City.POLICE, "investigation", Stages.measure("SEARCH", it.first()));
        String content = Stages.supervision("EARLY_PARTICIPATION_REQUEST", "," + Stages.participants(it.first()));
        Piece declined = it.create(City.POLICE, "supervision", content);
        assertEquals(404, status(City.PROC, declined.path()), "not asked yet");
        act(City.POLICE, declined, "request", Stages.to("咸公商〔2023〕1号", City.PROC));
        act(City.PROC, declined, "decline", "{" + Stages.note("案情简单") + "}");
        assertEquals("SUMMARY", read(City.PROC, search).at("/meta/view").asText());
        Piece asked = it.create(City.POLICE, "supervision", content);
        act(City.POLICE, asked, "request", Stages.to("咸公商〔2023〕2号", City.PROC));
        assertEquals("SUMMARY", read(City.PROC, search).at("/meta/view").asText());
        assertEquals(
                403,
                tried(City.POLICE, asked, "assign", "{" + Stages.note("自行指派") + "}")
                        .status());
        act(City.PROC, asked, "assign", "{" + Stages.note("指派检察官") + "}");
        assertEquals("FULL", read(City.PROC, search).at("/meta/view").asText());
        assertEquals(404, status(City.MSA, asked.path()));
    }

    /** Whose investigation it is learns of it, and no other police. */
    @Test
    void onlyWhoInvestigatesIsToldOfTheAssignment() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece early = it.create(
                City.PROC,
                "supervision",
                Stages.supervision("EARLY_PARTICIPATION", "," + Stages.participants(it.first())));
        String assigned = "{\"addressees\": [\"%s\"]," + Stages.note("疑难") + "}";
        assertEquals(
                Set.of("/addressees/0 CANNOT_RECEIVE"),
                refusal(City.PROC, early, "assign", assigned.formatted(City.POLICE_DISTRICT)));
        act(City.PROC, early, "assign", assigned.formatted(City.POLICE));
        String past =
                "\"origin\": \"BACKFILL\", \"state\": \"ASSIGNED\", \"occurred\": {\"time\": \"2023-02-01T00:00:00+08:00\","
                        + " \"precision\": \"DAY\"}, \"addressees\": [\"%s\"],";
        String draft = Stages.draft(
                it.filing().id(), Stages.supervision("EARLY_PARTICIPATION", "," + Stages.participants(it.first())));
        SignedAnswer backfilled = work.city()
                .signed(City.PROC, 1, "POST", "/v1/supervisions")
                .idempotencyKey()
                .body(City.utf8(draft.replaceFirst("\\{", "{" + past.formatted(City.POLICE_DISTRICT))))
                .send();
        assertEquals(422, backfilled.status(), Casework.text(backfilled));
        assertTrue(Casework.text(backfilled).contains("CANNOT_RECEIVE"), Casework.text(backfilled));
    }

    /** That it was complied with, the filing alone shows. */
    @Test
    void whoCompliesNamesTheFiling() {
        Piece it = served(about(complained()));
        assertEquals(Set.of("/record REQUIRED"), refusal(City.POLICE, it, "comply", Stages.document("咸公立〔2023〕1号")));
    }

    private Piece refused() {
        return transfers.act(
                City.POLICE,
                transfers.received(City.MSA),
                "refuse",
                "{\"documentNumber\": \"咸公不立〔2023〕1号\", \"reasonCode\": \"BELOW_THRESHOLD\"," + Stages.note("未达标准")
                        + "}");
    }

    private Piece complained() {
        return transfers.act(City.MSA, refused(), "complain", Stages.document("咸市监建〔2023〕1号"));
    }

    private Piece about(Piece transfer) {
        return work.create(City.PROC, "supervision", Stages.draft(null, filing(transfer.id())));
    }

    private static String filing(String transfer) {
        return Stages.supervision("FILING", ", \"transfer\": \"" + transfer + "\"");
    }

    private Piece served(Piece it) {
        return act(City.PROC, it, "serve", Stages.to("咸检不立理〔2023〕1号", City.POLICE));
    }

    private Piece served(Piece it, int daysAgo) {
        String day = LocalDate.now(Occurred.ZONE).minusDays(daysAgo).toString();
        return act(
                City.PROC,
                it,
                "serve",
                Stages.to("咸检不立理〔2023〕1号", City.POLICE)
                        .replaceFirst(
                                "\\{",
                                "{\"occurred\": {\"time\": \"" + day + "T00:00:00+08:00\", \"precision\": \"DAY\"},"));
    }

    private Piece ordered(Piece it) {
        return act(City.PROC, it, "order", "{\"documentNumber\": \"咸检通立〔2023〕1号\"," + Stages.note("请立案") + "}");
    }

    private static String naming(String record) {
        return "{\"documentNumber\": \"咸公立字〔2023〕8号\", \"record\": \"" + record + "\"}";
    }

    private Piece act(String unit, Piece piece, String act, String body) {
        return work.act(unit, new Piece(piece.kind(), piece.id(), piece.matter(), "*"), act, body);
    }

    private Reply tried(String unit, Piece piece, String act, String body) {
        return reply(transfers.tried(unit, piece, act, body));
    }

    private Set<String> refusal(String unit, Piece piece, String act, String body) {
        Reply reply = tried(unit, piece, act, body);
        assertEquals(422, reply.status(), reply.text());
        return new TreeSet<>(reply.faults());
    }

    private int decided(Piece piece, int officer, String etag, String act, String body) {
        return work.city()
                .signed(City.PROC, officer, "POST", piece.path() + "/acts/" + act)
                .idempotencyKey()
                .ifMatch(etag)
                .body(City.utf8(body))
                .send()
                .status();
    }

    private Reply created(String unit, String draft) {
        return reply(work.city()
                .call(unit, "POST", "/v1/supervisions")
                .idempotencyKey()
                .body(City.utf8(draft))
                .send());
    }

    private Reply amended(Piece piece, String content) {
        return put(piece, Stages.draft(null, content));
    }

    private Reply put(Piece piece, String draft) {
        return reply(work.city()
                .call(City.PROC, "PUT", piece.path())
                .ifMatch("*")
                .body(City.utf8(draft))
                .send());
    }

    /** The state of the rule's last clock upon the record, as the procuratorate sees it; nothing where none ran. */
    private String deadline(Piece piece, String rule) {
        String state = "";
        for (JsonNode each : get(City.PROC, piece.path() + "/deadlines").path("items")) {
            state = each.get("rule").asText().equals(rule) ? each.get("state").asText() : state;
        }
        return state;
    }

    private JsonNode read(String unit, Piece piece) {
        return get(unit, piece.path());
    }

    private JsonNode get(String unit, String target) {
        return Casework.json(work.city().call(unit, "GET", target).send());
    }

    private String text(String unit, String target) {
        return Casework.text(work.city().call(unit, "GET", target).send());
    }

    private int status(String unit, String target) {
        return work.city().call(unit, "GET", target).send().status();
    }

    private static Reply reply(SignedAnswer answer) {
        return new Reply(answer.status(), answer.headers(), answer.body());
    }
}
