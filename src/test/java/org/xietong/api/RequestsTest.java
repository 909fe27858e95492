package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.matter.Occurred;
import org.xietong.record.TestReminders;
import org.xietong.record.TestSweep;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Race;
import org.xietong.testing.Reply;
import org.xietong.testing.Stages;

/** Requests between units of one matter over HTTP: who asks whom, what each may do when, and by when. */
@QuarkusTest
@WithTestResource(CityResource.class)
class RequestsTest {
    private static final LocalDate TODAY = LocalDate.now(Occurred.ZONE);
    private static final List<String> CASE_UNITS =
            List.of(City.COURT, City.PROC, City.POLICE, City.MSA, City.IPO, City.COPYRIGHT);

    @Inject
    TestReminders reminders;

    @Inject
    TestSweep sweep;

    private final Casework work = new Casework();
    private final Requests requests = new Requests(work);

    @ParameterizedTest
    @CsvSource({
        "EVIDENCE, MSA-421200, POLICE-421200, REQUEST_EVIDENCE, 15",
        "APPRAISAL, MSA-421200, IPO-421200, REQUEST_APPRAISAL, 30",
        "FILE_INSPECTION, MSA-421200, COURT-421200, REQUEST_FILE, 7",
        "SUPPORT, COPYRIGHT-421200, MSA-421202, REQUEST_SUPPORT, 15",
        "CONSULTATION, MSA-421200, PROC-421200, T19, 7"
    })
    void eachTypeIsAskedReceivedAndAnswered(String type, String owner, String to, String rule, int days) {
        Piece it = work.create(owner, "request", Requests.draft(work.clue(owner).matter(), type, ""));
        Feed asked = Feed.of(to).now();
        requests.act(owner, it, "send", Stages.to("商函〔2023〕1号", to));
        assertEquals(List.of("APPEARED"), asked.about(it.id()));
        Feed asking = Feed.of(owner).now();
        JsonNode seen = requests.read(to, it);
        assertEquals("FULL", seen.at("/meta/view").asText());
        assertEquals(Requests.ASKED, seen.at("/content/facts").asText());
        assertEquals(to, seen.at("/content/addressee").asText());
        assertEquals("[\"receive\"]", seen.get("actions").toString());
        JsonNode deadline = requests.deadline(owner, it);
        assertEquals(rule, deadline.get("rule").asText());
        assertEquals("[\"" + to + "\"]", deadline.get("actors").toString());
        LocalDate due = LocalDate.parse(deadline.get("dueOn").asText());
        assertFalse(due.isBefore(TODAY.plusDays(days)), "a last day that is not worked gives way, to a later one");
        assertTrue(due.isBefore(TODAY.plusDays(days + 11)));

        requests.act(to, it, "receive", "{}");
        requests.act(to, it, "answer", Requests.reply(""));
        assertFalse(asking.about(it.id()).isEmpty(), "who asked is told");
        JsonNode answered = requests.read(owner, it);
        assertEquals("ANSWERED", answered.get("state").asText());
        assertEquals("ANSWERED", answered.at("/content/outcome").asText());
        assertEquals(Requests.REPLY, answered.at("/content/replies/0/text").asText());
        assertEquals("复函〔2023〕1号", answered.at("/content/replies/0/number").asText());
        assertEquals(
                TODAY.toString(), answered.at("/content/replies/0/repliedOn").asText());
        assertEquals("[MET]", requests.deadlines(owner, it));
        JsonNode delivered =
                requests.get(owner, it.path() + "/deliveries").get("items").get(0);
        assertEquals(to, delivered.get("unit").asText());
        assertEquals("ACKNOWLEDGED", delivered.get("state").asText());
        assertEquals("receive", delivered.at("/acknowledged/act").asText());
    }

    @Test
    void anyCaseUnitAsksAnyOther() {
        for (String owner : CASE_UNITS) {
            Piece anchor = anchor(owner);
            for (String to : CASE_UNITS) {
                Piece it = requests.drafted(owner, anchor.matter(), "");
                Reply reply = requests.tried(owner, it, "send", Stages.to("商函〔2023〕1号", to));
                if (owner.equals(to)) {
                    assertEquals(List.of("/addressees/0 CANNOT_RECEIVE"), reply.faults(), owner);
                } else {
                    assertEquals(200, reply.status(), owner + " " + to);
                    assertEquals("SENT", requests.read(to, it).get("state").asText());
                }
            }
        }
    }

    /** Something of the unit's that is there in a matter of its own. */
    private Piece anchor(String owner) {
        return switch (owner) {
            case City.PROC ->
                work.create(owner, "supervision", Stages.draft(null, Stages.supervision("INVESTIGATION", "")));
            case City.POLICE -> CriminalCase.ofThePolice().filing();
            default -> work.clue(owner);
        };
    }

    @Test
    void whoHasNoCaseNeitherAsksNorIsAsked() {
        Piece clue = work.clue(City.MSA);
        assertEquals(
                403,
                requests.created(City.AUD, Requests.draft(clue.matter(), "SUPPORT", ""))
                        .status());
        Piece it = requests.drafted(City.MSA, clue.matter(), "");
        assertEquals(
                Set.of("/addressees/0 CANNOT_RECEIVE"),
                requests.faults(City.MSA, it, "send", Stages.to("商函〔2023〕1号", City.AUD)));
        assertEquals(404, requests.status(City.AUD, it.path()));
    }

    @Test
    void itIsOfAMatterThatOneIsIn() {
        Reply nowhere = requests.created(City.MSA, Requests.draft("", "EVIDENCE", ""));
        assertEquals(List.of("/matterId REQUIRED"), nowhere.requireStatus(422).faults());
        Reply others =
                requests.created(City.COURT, Requests.draft(work.clue(City.MSA).matter(), "EVIDENCE", ""));
        assertEquals(List.of("/matterId UNKNOWN"), others.requireStatus(422).faults());
    }

    @Test
    void theProcuratorateAloneIsConsulted() {
        String matter = work.clue(City.MSA).matter();
        Piece it = work.create(City.MSA, "request", Requests.draft(matter, "CONSULTATION", ""));
        for (String unit : List.of(City.COURT, City.POLICE, City.IPO)) {
            assertEquals(
                    Set.of("/addressees/0 CANNOT_RECEIVE"),
                    requests.faults(City.MSA, it, "send", Stages.to("商函〔2023〕1号", unit)),
                    unit);
        }
        Reply named = requests.created(
                City.MSA, Requests.draft(matter, "CONSULTATION", Requests.replyBy(TODAY.plusDays(30))));
        assertEquals(
                List.of("/content/replyBy NOT_ALLOWED"),
                named.requireStatus(422).faults());
        requests.act(City.MSA, it, "send", Stages.to("商函〔2023〕1号", City.PROC));
        JsonNode deadline = requests.deadline(City.PROC, it);
        assertEquals("NONE", deadline.at("/basis/verified").asText(), "its text was not read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CORRECTION", "BLESSING"})
    void noOtherTypeIsKnown(String type) {
        Reply reply =
                requests.created(City.MSA, Requests.draft(work.clue(City.MSA).matter(), type, ""));
        assertEquals(
                List.of("/content/type UNKNOWN_CODE"), reply.requireStatus(422).faults());
    }

    @Test
    void aDraftIsOutOfSightAndAddressesNobody() {
        Piece clue = work.clue(City.MSA);
        String draft = Requests.draft(clue.matter(), "EVIDENCE", "");
        String to = draft.replaceFirst("\\{", "{\"addressees\": [\"" + City.POLICE + "\"],");
        assertEquals(
                List.of("/addressees/0 NOT_ALLOWED"),
                requests.created(City.MSA, to).requireStatus(422).faults());
        Piece it = work.create(City.MSA, "request", draft);
        assertEquals(
                List.of("/addressees/0 NOT_ALLOWED"),
                requests.amended(City.MSA, it, to).requireStatus(422).faults());
        for (String unit : List.of(City.POLICE, City.PROC, City.IPO, City.COURT, City.COPYRIGHT, City.AUD)) {
            assertEquals(404, requests.status(unit, it.path()), unit);
            assertEquals(
                    0,
                    requests.get(unit, "/v1/requests?count=true&matterId=" + it.matter())
                            .path("count")
                            .asInt(-1),
                    unit);
        }
        requests.amended(City.MSA, it, draft.replace("商请提供材料", "商请提供台账")).requireStatus(200);
        requests.act(City.MSA, it, "send", Stages.to("商函〔2023〕1号", City.POLICE));
        for (String unit : List.of(City.PROC, City.IPO, City.COURT, City.COPYRIGHT, City.MSA_DISTRICT)) {
            assertEquals(404, requests.status(unit, it.path()), unit);
        }
        JsonNode audited = requests.read(City.AUD, it);
        assertEquals("METADATA", audited.at("/meta/view").asText());
        assertFalse(audited.toString().contains("台账"), audited.toString());
        assertFalse(audited.toString().contains(City.POLICE), audited.toString());
    }

    @Test
    void whoIsNotAskedAndWhoseTurnItIsNotDoesNothing() {
        Piece it = requests.sent(City.MSA, work.clue(City.MSA).matter(), City.POLICE, "");
        requests.tried(City.IPO, it, "receive", "{}").requireProblem(404, "NOT_FOUND");
        requests.tried(City.PROC, it, "withdraw", "{}").requireProblem(404, "NOT_FOUND");
        requests.tried(City.MSA, it, "receive", "{}").requireProblem(403, "FORBIDDEN");
        requests.tried(City.MSA, it, "answer", Requests.reply("")).requireProblem(403, "FORBIDDEN");
        requests.tried(City.POLICE, it, "withdraw", "{}").requireProblem(403, "FORBIDDEN");
        requests.tried(City.POLICE, it, "answer", Requests.reply("")).requireProblem(409, "STATE_CONFLICT");
        requests.amended(City.POLICE, it, Requests.draft("", "EVIDENCE", "")).requireProblem(403, "FORBIDDEN");
        requests.tried(City.MSA, it, "send", Stages.to("商函〔2023〕2号", City.COURT))
                .requireProblem(409, "STATE_CONFLICT");
        assertEquals(404, requests.status(City.COURT, it.path()));
    }

    @Test
    void itIsSentToOneUnitByItsOfficersOwnHand() {
        Piece it = requests.drafted(City.MSA, work.clue(City.MSA).matter(), "");
        String two =
                "{\"documentNumber\": \"1号\", \"addressees\": [\"%s\", \"%s\"]}".formatted(City.POLICE, City.COURT);
        assertEquals(Set.of("/addressees/1 NOT_ALLOWED"), requests.faults(City.MSA, it, "send", two));
        unsigned(City.MSA, it, "send", Stages.to("商函〔2023〕1号", City.POLICE));
        requests.act(City.MSA, it, "send", Stages.to("商函〔2023〕1号", City.POLICE));
        requests.act(City.POLICE, it, "receive", "{}");
        unsigned(City.POLICE, it, "answer", Requests.reply(""));
        unsigned(City.POLICE, it, "answer-in-part", Requests.reply(""));
        unsigned(City.POLICE, it, "refuse", Requests.refusal());
        assertEquals("RECEIVED", requests.read(City.MSA, it).get("state").asText());
    }

    private void unsigned(String unit, Piece it, String act, String body) {
        Requests.reply(work.city()
                        .call(unit, "POST", it.path() + "/acts/" + act)
                        .idempotencyKey()
                        .ifMatch("*")
                        .body(City.utf8(body))
                        .send())
                .requireProblem(403, "OFFICER_SIGNATURE_REQUIRED");
    }

    /** An answer adds the addressee's words beside the owner's, and edits none of them (I5). */
    @Test
    void whoAnswersEditsNothingOfTheOwners() {
        Piece it = requests.received(City.MSA, work.clue(City.MSA).matter(), City.POLICE, "");
        String own = ask(Requests.draft("", "EVIDENCE", "").replace(Requests.ASKED, "请提供别的"))
                .replaceFirst("\\{", "{\"documentNumber\": \"复函〔2023〕1号\",");
        assertEquals(Set.of("/content NOT_ALLOWED"), requests.faults(City.POLICE, it, "answer", own));
        String decided = Requests.draft(it.matter(), "EVIDENCE", ", \"outcome\": \"ANSWERED\"");
        assertEquals(
                List.of("/content/outcome READ_ONLY"),
                requests.created(City.MSA, decided).requireStatus(422).faults());
        String answered = Requests.draft(
                it.matter(), "EVIDENCE", ", \"replies\": [{\"outcome\": \"ANSWERED\", \"text\": \"同意\"}]");
        assertEquals(
                List.of("/content/replies READ_ONLY"),
                requests.created(City.MSA, answered).requireStatus(422).faults());
        assertEquals(
                Requests.ASKED,
                requests.read(City.POLICE, it).at("/content/facts").asText());
    }

    /** Nineteen parts, no more: there is always room for the last word. */
    @Test
    void noMoreRepliesAreTakenThanItHolds() {
        Piece it = requests.received(City.MSA, work.clue(City.MSA).matter(), City.POLICE, "");
        for (int i = 0; i < 19; i++) {
            requests.act(City.POLICE, it, "answer-in-part", Requests.reply(""));
        }
        requests.tried(City.POLICE, it, "answer-in-part", Requests.reply("")).requireProblem(409, "STATE_CONFLICT");
        assertEquals(
                "[\"answer\"]", requests.read(City.POLICE, it).get("actions").toString());
        requests.act(City.POLICE, it, "answer", Requests.reply(""));
        assertEquals(20, requests.read(City.MSA, it).at("/content/replies").size());
    }

    @Test
    void itIsRefusedForAReasonInWords() {
        Piece it = requests.received(City.COURT, work.clue(City.COURT).matter(), City.POLICE, "");
        assertEquals(
                Set.of("/documentNumber REQUIRED", "/note REQUIRED", "/reasonCode REQUIRED"),
                requests.faults(City.POLICE, it, "refuse", "{}"));
        assertEquals(
                Set.of("/reasonCode UNKNOWN_CODE"),
                requests.faults(City.POLICE, it, "refuse", Requests.reply(", \"reasonCode\": \"NO_CRIME_FACT\"")));
        assertEquals(
                Set.of("/supplies NOT_ALLOWED"),
                requests.faults(
                        City.POLICE,
                        it,
                        "refuse",
                        Requests.refusal().replace("\"note\"", "\"supplies\": [], \"note\"")));
        requests.act(City.POLICE, it, "refuse", Requests.refusal());
        JsonNode refused = requests.read(City.COURT, it);
        assertEquals("REFUSED", refused.get("state").asText());
        assertEquals("NOT_HELD", refused.at("/content/replies/0/reason").asText());
        assertEquals("REFUSED", refused.at("/content/outcome").asText());
        assertEquals("[MET]", requests.deadlines(City.COURT, it));
    }

    @Test
    void sentTwiceWithOneKeyItIsSentOnce() {
        Piece it = requests.drafted(City.MSA, work.clue(City.MSA).matter(), "");
        String key = "send-" + it.id();
        Callable<SignedAnswer> send = () -> work.city()
                .signed(City.MSA, 1, "POST", it.path() + "/acts/send")
                .idempotencyKey(key)
                .ifMatch("*")
                .body(City.utf8(Stages.to("商函〔2023〕1号", City.POLICE)))
                .send();
        List<SignedAnswer> answers = new ArrayList<>(Race.run(2, send));
        answers.add(Race.run(1, send).getFirst());
        Set<String> exchanges = new TreeSet<>();
        for (SignedAnswer answer : answers) {
            assertTrue(answer.status() == 200 || answer.status() == 409, Casework.text(answer));
            if (answer.status() == 200) {
                String first = Casework.json(answer).at("/meta/firstExchange").asText();
                exchanges.add(
                        first.isEmpty()
                                ? answer.headers().firstValue("Exchange-Id").orElseThrow()
                                : first);
            }
        }
        assertEquals(1, exchanges.size(), "one exchange, told again");
        assertEquals(
                1,
                requests.get(City.MSA, it.path() + "/deliveries").get("items").size());
        assertEquals("[RUNNING]", requests.deadlines(City.MSA, it));
        requests.tried(City.MSA, it, "send", Stages.to("商函〔2023〕1号", City.POLICE))
                .requireProblem(409, "STATE_CONFLICT");
    }

    @Test
    void ofTwoOfficersAtOnceOneAnswers() {
        Piece it = requests.received(City.MSA, work.clue(City.MSA).matter(), City.POLICE, "");
        String etag = work.city()
                .call(City.POLICE, "GET", it.path())
                .send()
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        List<Integer> statuses = Race.run(List.of(
                () -> at(City.POLICE, 1, it, etag, "answer", Requests.reply("")),
                () -> at(City.POLICE, 2, it, etag, "refuse", Requests.refusal())));
        assertEquals(Set.of(200, 412), Set.copyOf(statuses));
        JsonNode now = requests.read(City.MSA, it);
        assertEquals(
                statuses.get(0) == 200 ? "ANSWERED" : "REFUSED",
                now.get("state").asText());
        assertEquals(1, now.at("/content/replies").size());
    }

    @Test
    void itIsWithdrawnOrAnsweredNeverBoth() {
        Piece it = requests.received(City.MSA, work.clue(City.MSA).matter(), City.POLICE, "");
        List<Integer> statuses = Race.run(List.of(
                () -> at(City.POLICE, 1, it, "*", "answer", Requests.reply("")),
                () -> at(City.MSA, 1, it, "*", "withdraw", "{" + Stages.note("已自行查明") + "}")));
        assertEquals(Set.of(200, 409), Set.copyOf(statuses));
        boolean answered = statuses.get(0) == 200;
        for (String unit : List.of(City.MSA, City.POLICE)) {
            JsonNode now = requests.read(unit, it);
            assertEquals(answered ? "ANSWERED" : "WITHDRAWN", now.get("state").asText(), unit);
            assertEquals(answered ? 1 : 0, now.at("/content/replies").size(), unit);
        }
        assertEquals(answered ? "[MET]" : "[ENDED]", requests.deadlines(City.MSA, it));
    }

    private int at(String unit, int officer, Piece it, String etag, String act, String body) {
        return work.city()
                .signed(unit, officer, "POST", it.path() + "/acts/" + act)
                .idempotencyKey()
                .ifMatch(etag)
                .body(City.utf8(body))
                .send()
                .status();
    }

    @Test
    void theDayThatItNamesIsTheLast() {
        String matter = work.clue(City.MSA).matter();
        for (int days : new int[] {0, 1, 2, 3, 4, 5, 6, 366}) {
            LocalDate day = days == 366 ? TODAY.plusYears(1) : TODAY.plusDays(days);
            Piece it = requests.sent(City.MSA, matter, City.POLICE, Requests.replyBy(day));
            assertEquals(
                    day.toString(),
                    requests.deadline(City.POLICE, it).get("dueOn").asText(),
                    "it does not roll over");
        }
        Map<LocalDate, String> refused = Map.of(
                TODAY.minusDays(1), "/content/replyBy ORDER",
                TODAY.plusYears(1).plusDays(1), "/content/replyBy MAX");
        refused.forEach((day, fault) -> {
            Piece it = requests.drafted(City.MSA, matter, Requests.replyBy(day));
            assertEquals(Set.of(fault), requests.faults(City.MSA, it, "send", Stages.to("商函〔2023〕1号", City.POLICE)));
        });
    }

    @Test
    void lateIsLateForBothAndStaysSo() {
        String matter = work.clue(City.MSA).matter();
        Piece late = sentDaysAgo(matter, 40, "");
        Piece named = sentDaysAgo(matter, 10, Requests.replyBy(TODAY.plusDays(7)));
        for (Piece it : List.of(late, named)) {
            assertEquals("OVERDUE", requests.deadline(City.MSA, it).get("state").asText());
            requests.act(City.POLICE, it, "receive", "{}");
            assertEquals("OVERDUE", requests.deadline(City.MSA, it).get("state").asText(), "a receipt is no reply");
            requests.act(City.POLICE, it, "answer-in-part", Requests.reply(""));
            assertEquals("[MISSED]", requests.deadlines(City.MSA, it));
            assertEquals("[MISSED]", requests.deadlines(City.POLICE, it));
            requests.act(City.MSA, it, "ask", "{" + Stages.note("请补台账原件") + "}");
            assertEquals("[MISSED, RUNNING]", requests.deadlines(City.MSA, it), "what was late stays late");
        }
    }

    /** Sent so many days ago. */
    private Piece sentDaysAgo(String matter, int days, String more) {
        Piece sent = requests.act(
                City.MSA, requests.drafted(City.MSA, matter, more), "send", Stages.to("商函〔2023〕1号", City.POLICE));
        Lateness.ofRequests(work.city(), sent, days);
        sweep.again();
        return sent;
    }

    /** Who asks names no earlier day: the other would be late before he has it. Nor does who answers. */
    @Test
    void nobodyNamesAnEarlierDay() {
        String matter = work.clue(City.MSA).matter();
        String earlier =
                "{\"occurred\": {\"time\": \"" + TODAY.minusDays(30) + "T00:00:00+08:00\", \"precision\": \"DAY\"},";
        Piece it = requests.drafted(City.MSA, matter, "");
        String send = Stages.to("商函〔2023〕1号", City.POLICE).replaceFirst("\\{", earlier);
        assertEquals(Set.of("/occurred NOT_ALLOWED"), requests.faults(City.MSA, it, "send", send));
        Piece sent = requests.received(City.MSA, matter, City.POLICE, "");
        String answer = Requests.reply("").replaceFirst("\\{", earlier);
        assertEquals(Set.of("/occurred NOT_ALLOWED"), requests.faults(City.POLICE, sent, "answer", answer));
    }

    @Test
    void inPartItIsAskedForTheRest() {
        String matter = work.clue(City.MSA).matter();
        Piece it = requests.received(City.MSA, matter, City.POLICE, Requests.replyBy(TODAY.plusDays(2)));
        requests.tried(City.MSA, it, "ask", "{" + Stages.note("请补") + "}").requireProblem(409, "STATE_CONFLICT");
        requests.act(City.POLICE, it, "answer-in-part", Requests.reply(""));
        requests.act(City.POLICE, it, "answer-in-part", Requests.reply(""));
        assertEquals(
                "ANSWERED_IN_PART",
                requests.read(City.MSA, it).at("/content/outcome").asText());
        assertEquals("[MET]", requests.deadlines(City.MSA, it));
        requests.tried(City.MSA, it, "withdraw", "{" + Stages.note("不需要了") + "}")
                .requireProblem(409, "STATE_CONFLICT");
        String past = ask(Requests.draft("", "EVIDENCE", Requests.replyBy(TODAY.minusDays(1))));
        assertEquals(Set.of("/content/replyBy ORDER"), requests.faults(City.MSA, it, "ask", past));
        String other = ask(Requests.draft("", "EVIDENCE", "").replace(Requests.ASKED, "请提供别的"));
        assertEquals(Set.of("/content READ_ONLY"), requests.faults(City.MSA, it, "ask", other));
        LocalDate next = TODAY.plusDays(9);
        requests.act(City.MSA, it, "ask", ask(Requests.draft("", "EVIDENCE", Requests.replyBy(next))));
        JsonNode again = requests.read(City.POLICE, it);
        assertEquals("RECEIVED", again.get("state").asText());
        assertEquals("请补台账原件", again.at("/content/asked").asText());
        assertEquals(next.toString(), again.at("/content/replyBy").asText());
        assertEquals(
                next.toString(), requests.deadline(City.POLICE, it).get("dueOn").asText());
        requests.act(City.POLICE, it, "answer", Requests.reply(""));
        assertEquals("[MET, MET]", requests.deadlines(City.MSA, it));
        assertEquals(
                List.of("ANSWERED_IN_PART", "ANSWERED_IN_PART", "ANSWERED"),
                requests.read(City.MSA, it).at("/content/replies").findValuesAsText("outcome"));
        requests.tried(City.MSA, it, "ask", "{" + Stages.note("请补") + "}").requireProblem(409, "STATE_CONFLICT");
    }

    private static String ask(String draft) {
        String content = draft.substring(draft.indexOf("\"content\""), draft.lastIndexOf('}'));
        return "{" + Stages.note("请补台账原件") + "," + content + "}";
    }

    @Test
    void whatWasSentStands() {
        Piece it =
                requests.sent(City.MSA, work.clue(City.MSA).matter(), City.POLICE, Requests.replyBy(TODAY.plusDays(9)));
        String stands = Requests.draft("", "EVIDENCE", Requests.replyBy(TODAY.plusDays(9)));
        for (Map.Entry<String, String> change : Map.of(
                        stands.replace(Requests.ASKED, "请提供别的"),
                        "/content READ_ONLY",
                        stands.replace(
                                TODAY.plusDays(9).toString(), TODAY.plusDays(1).toString()),
                        "/content/replyBy READ_ONLY",
                        stands.replace("\"EVIDENCE\"", "\"SUPPORT\""),
                        "/content READ_ONLY",
                        stands.replaceFirst("\\{", "{\"addressees\": [\"" + City.COURT + "\"],"),
                        "/addressees/0 NOT_ALLOWED")
                .entrySet()) {
            assertEquals(
                    List.of(change.getValue()),
                    requests.amended(City.MSA, it, change.getKey())
                            .requireStatus(422)
                            .faults());
        }
        requests.amended(City.MSA, it, stands).requireStatus(200);
        requests.amended(City.MSA, it, stands.replaceFirst("\\{", "{" + Scenes.label("WORK_SECRET", "")))
                .requireStatus(200);
        assertEquals(404, requests.status(City.POLICE, it.path()), "a label that is raised hides it at once");
    }

    @Test
    void whoAskedGivesMoreTimeAndWhoIsAskedNone() {
        Piece it =
                requests.sent(City.MSA, work.clue(City.MSA).matter(), City.POLICE, Requests.replyBy(TODAY.plusDays(2)));
        String id = requests.deadline(City.POLICE, it).get("id").asText();
        for (String order : List.of("\"SUSPEND\"", "\"EXTEND\", \"code\": \"AGREED_15\"", "\"END\"")) {
            ordered(City.POLICE, id, order).requireProblem(403, "FORBIDDEN");
        }
        ordered(City.MSA, id, "\"EXTEND\", \"code\": \"AGREED_15\"").requireStatus(201);
        assertEquals(
                TODAY.plusDays(17).toString(),
                requests.deadline(City.POLICE, it).get("dueOn").asText());
        ordered(City.COURT, id, "\"SUSPEND\"").requireProblem(404, "NOT_FOUND");
    }

    private Reply ordered(String unit, String deadline, String order) {
        return Requests.reply(work.city()
                .signed(unit, 1, "POST", "/v1/deadlines/" + deadline + "/orders")
                .idempotencyKey()
                .body(City.utf8("{\"order\": " + order + ", \"documentNumber\": \"延函〔2023〕1号\"}"))
                .send());
    }

    @Test
    void whoIsAskedIsRemindedAndNobodyElse() {
        reminders.at(Instant.now().plus(Duration.ofDays(40)));
        Piece it = requests.sent(
                City.MSA, work.clue(City.MSA).matter(), City.POLICE, Requests.replyBy(TODAY.plusDays(60)));
        String deadline = requests.deadline(City.POLICE, it).get("id").asText();
        assertTrue(Pages.ids(City.POLICE, "/v1/deadlines?whose=MINE", 100).contains(deadline));
        assertTrue(Pages.ids(City.MSA, "/v1/deadlines?whose=OVERSEEN", 100).contains(deadline), "who asked looks on");
        for (String unit : List.of(City.PROC, City.COURT, City.IPO)) {
            for (String whose : List.of("MINE", "OVERSEEN")) {
                assertFalse(Pages.ids(unit, "/v1/deadlines?whose=" + whose, 100).contains(deadline), unit);
            }
        }
        Feed police = Feed.of(City.POLICE).now();
        Feed procuratorate = Feed.of(City.PROC).now();
        Feed asking = Feed.of(City.MSA).now();
        Instant due = OffsetDateTime.parse(
                        requests.deadline(City.POLICE, it).get("dueAt").asText())
                .toInstant();
        reminders.at(due.minus(Duration.ofHours(2)));
        assertEquals(List.of("DEADLINE"), police.about(it.id()), "due soon");
        reminders.at(due.plus(Duration.ofHours(1)));
        assertEquals(List.of("DEADLINE"), police.about(it.id()), "overdue");
        reminders.at(due.plus(Duration.ofDays(30)));
        assertEquals(List.of(), procuratorate.about(it.id()), "which does not see it");
        assertEquals(List.of(), asking.about(it.id()), "not its time; it sees the days of its own request");
    }

    @Test
    void aRequestOfThePastStartsNoClock() {
        String past = Requests.draft(work.clue(City.MSA).matter(), "EVIDENCE", "")
                .replaceFirst(
                        "\\{",
                        "{\"origin\": \"BACKFILL\", \"state\": \"SENT\", \"documentNumber\": \"商函〔2021〕1号\", \"addressees\": [\""
                                + City.POLICE
                                + "\"], \"occurred\": {\"time\": \"2021-06-01T00:00:00+08:00\", \"precision\": \"DAY\"},");
        String drafted = past.replace("\"state\": \"SENT\",", "");
        assertEquals(
                List.of("/addressees/0 NOT_ALLOWED"),
                requests.created(City.MSA, drafted).requireStatus(422).faults());
        Piece it = work.createSigned(City.MSA, "request", past);
        assertEquals("SENT", requests.read(City.POLICE, it).get("state").asText());
        assertEquals("[]", requests.deadlines(City.POLICE, it));
        requests.act(City.POLICE, it, "receive", "{}");
    }
}
