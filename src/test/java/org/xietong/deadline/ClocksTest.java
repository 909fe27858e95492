package org.xietong.deadline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.deadline.Happenings.id;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.identifier.Verified;
import org.xietong.label.LegalBasis;

/** What runs in a matter, from what happened in it; with the dates of real cases. */
class ClocksTest {
    private static final String MEASURE = "measure=DETENTION";
    private static final RuleBook RULES = RuleBook.load(rule -> rule);
    private static final DayCounting COUNTING = new DayCounting(WorkCalendar.load());
    private static final Clocks CLOCKS = new Clocks(RULES, COUNTING);

    /** （2016）鄂01刑终1395号: detained on 12 April 2015, arrest approved on 19 May, the 37th day. */
    @Test
    void thirtySevenDaysOfCustodyAreKeptOnTheThirtySeventh() {
        Happenings wuhan = detained("2015-04-12", "甲").act("2015-05-12", "arrest", "request", "甲");
        assertEquals(
                LocalDate.of(2015, 5, 19), one(wuhan, "CUSTODY_BEFORE_ARREST").dueOn());
        assertEquals(
                LocalDate.of(2015, 5, 19), one(wuhan, "ARREST_REVIEW_DETAINED").dueOn());
        wuhan.act("2015-05-19", "arrest", "approve", "甲");
        assertEquals(Deadline.State.MET, one(wuhan, "CUSTODY_BEFORE_ARREST").state());
        assertEquals(Deadline.State.MET, one(wuhan, "ARREST_REVIEW_DETAINED").state());
    }

    @Test
    void theThirtyEighthDayIsLate() {
        Happenings late = detained("2015-04-12", "甲")
                .act("2015-05-12", "arrest", "request", "甲")
                .act("2015-05-20", "arrest", "approve", "甲");
        assertEquals(Deadline.State.MISSED, one(late, "CUSTODY_BEFORE_ARREST").state());
        assertEquals(
                LocalDate.of(2015, 5, 20),
                one(late, "CUSTODY_BEFORE_ARREST").endedOn().day());
    }

    /** Three days, thirty for joint offences: the same request is late by the one and in time by the other. */
    @Test
    void aVariantStandsInPlaceOfTheFirstTerm() {
        Happenings it = detained("2015-04-12", "甲");
        Deadline three = one(it, "DETENTION_TO_REQUEST");
        assertEquals(LocalDate.of(2015, 4, 15), three.dueOn());
        it.order("2015-04-14", three, DeadlineOrder.VARY, "ROAMING").act("2015-05-12", "arrest", "request", "甲");
        Deadline thirty = one(it, "DETENTION_TO_REQUEST");
        assertEquals(three.id(), thirty.id());
        assertEquals(LocalDate.of(2015, 5, 12), thirty.dueOn());
        assertEquals(Deadline.State.MET, thirty.state());
        assertEquals("ROAMING", thirty.variant());
    }

    @Test
    void extensionsAddUpAndCustodyNeverRolls() {
        Happenings it = detained("2021-09-28", "甲");
        Deadline deadline = one(it, "DETENTION_TO_REQUEST");
        assertEquals(LocalDate.of(2021, 10, 1), deadline.dueOn(), "a holiday");
        for (int day = 0; day < 4; day++) {
            it.order("2021-09-29", deadline, DeadlineOrder.EXTEND, "SPECIAL_DAY");
        }
        assertEquals(LocalDate.of(2021, 10, 5), one(it, "DETENTION_TO_REQUEST").dueOn());
        assertEquals(4, one(it, "DETENTION_TO_REQUEST").extensions().size());
    }

    @Test
    void bailEndsTheCustodyOfWhomItConcernsAlone() {
        Happenings it = detained("2021-03-01", "甲", "乙")
                .upon("2021-03-03", "investigation", "bail", "execute", "measure=BAIL", "乙");
        assertEquals(
                Deadline.State.RUNNING,
                of(it, "CUSTODY_BEFORE_ARREST", "甲").orElseThrow().state());
        assertEquals(
                Deadline.State.ENDED,
                of(it, "CUSTODY_BEFORE_ARREST", "乙").orElseThrow().state());
    }

    /** Seven days where he is held, fifteen where he is not: told by the custody of each. */
    @Test
    void reviewOfAnArrestAsksWhoIsHeld() {
        Happenings it = detained("2021-03-01", "甲").act("2021-03-03", "arrest", "request", "甲", "乙");
        assertEquals(
                LocalDate.of(2021, 3, 10),
                of(it, "ARREST_REVIEW_DETAINED", "甲").orElseThrow().dueOn());
        assertTrue(of(it, "ARREST_REVIEW_FREE", "甲").isEmpty());
        assertTrue(of(it, "ARREST_REVIEW_DETAINED", "乙").isEmpty());
        assertEquals(
                LocalDate.of(2021, 3, 18),
                of(it, "ARREST_REVIEW_FREE", "乙").orElseThrow().dueOn());
    }

    /** The request was recorded before the detention that it followed: nothing runs on. */
    @Test
    void whatIsRecordedLateFulfilsWhatBeganBefore() {
        Happenings it = new Happenings()
                .act("2021-03-03", "arrest", "request", "甲")
                .upon("2021-03-01", "investigation", "detention", "execute", MEASURE, "甲");
        assertEquals(Deadline.State.MET, one(it, "DETENTION_TO_REQUEST").state());
    }

    /** 补充侦查完毕移送后，重新计算审查起诉期限; who is held is not held longer for a holiday. */
    @Test
    void aReturnedCaseIsReviewedAnew() {
        Happenings it = detained("2021-03-01", "甲")
                .act("2021-05-31", "prosecution", "create", "甲", "乙")
                .act("2021-06-20", "prosecution", "return", "甲", "乙");
        assertEquals(
                Deadline.State.ENDED,
                of(it, "PROSECUTION_REVIEW", "甲").orElseThrow().state());
        assertEquals(
                LocalDate.of(2021, 7, 20),
                of(it, "SUPPLEMENTARY_INVESTIGATION", "甲").orElseThrow().dueOn());
        it.act("2021-07-01", "prosecution", "resubmit", "甲", "乙");
        List<Deadline> reviews = all(it).stream()
                .filter(each -> each.rule().equals("PROSECUTION_REVIEW") && id("甲").equals(each.participant()))
                .toList();
        assertEquals(2, reviews.size());
        assertEquals(LocalDate.of(2021, 8, 1), reviews.getLast().dueOn(), "held: a Sunday stays");
        assertEquals(
                LocalDate.of(2021, 8, 2),
                of(it, "PROSECUTION_REVIEW", "乙").orElseThrow().dueOn(),
                "free: it rolls");
        it.act("2021-07-20", "prosecution", "indict", "甲");
        assertEquals(
                Deadline.State.MET,
                of(it, "PROSECUTION_REVIEW", "甲").orElseThrow().state());
        assertEquals(
                Deadline.State.RUNNING,
                of(it, "PROSECUTION_REVIEW", "乙").orElseThrow().state());
    }

    /** From the last day of a month to the last day of the next. */
    @Test
    void monthsOfCriminalProcedureRunFromEndToEnd() {
        Happenings it = new Happenings().act("2021-02-28", "prosecution", "create", "甲");
        assertEquals(LocalDate.of(2021, 3, 31), one(it, "PROSECUTION_REVIEW").dueOn());
    }

    /** 海曙→永嘉: the opinion of 27 October 2023 was answered by a penalty on 15 December. */
    @Test
    void theReplyToAnOpinionIsDueInTwoMonths() {
        Happenings it = new Happenings()
                .upon("2023-10-19", "supervision", "opinion", "create", "type=REVERSE_TRANSFER")
                .upon("2023-10-27", "supervision", "opinion", "serve", "type=REVERSE_TRANSFER");
        assertEquals(Deadline.State.MET, one(it, "T16").state());
        assertEquals(LocalDate.of(2023, 11, 2), one(it, "T16").dueOn());
        assertEquals(LocalDate.of(2023, 12, 27), one(it, "T17").dueOn());
        it.upon("2023-12-15", "supervision", "opinion", "answer", "type=REVERSE_TRANSFER");
        assertEquals(Deadline.State.MET, one(it, "T17").state());
    }

    /** Each step of supervising a filing, its day, and how its clock stands; served on Monday, 4 November 2024. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            reasons, in time   | T9       | NOT_FILING | answer:2024-11-11                                  | 2024-11-11 | MET
            reasons, late      | T9       | NOT_FILING | answer:2024-11-12                                  | 2024-11-11 | MISSED
            filed at once      | T9       | NOT_FILING | comply:2024-11-05                                  | 2024-11-11 | MET
            ordered without    | T9       | NOT_FILING | order:2024-11-20                                   | 2024-11-11 | ENDED
            for a filing       | T9       | FILING     | answer:2024-11-11                                  | 2024-11-11 | MET
            silence            | T11      | SILENCE    | answer:2024-11-11                                  | 2024-11-11 | MET
            silence, corrected | T11      | SILENCE    | correct:2024-11-12                                 | 2024-11-11 | ENDED
            told               | T9_INFORM | NOT_FILING | answer:2024-11-08 accept:2024-11-11 inform:2024-11-21 | 2024-11-21 | MET
            told late          | T9_INFORM | NOT_FILING | answer:2024-11-08 accept:2024-11-11 inform:2024-11-22 | 2024-11-21 | MISSED
            filed              | T10      | NOT_FILING | order:2024-11-11 comply:2024-11-26                 | 2024-11-26 | MET
            filed late         | T10      | NOT_FILING | order:2024-11-11 correct:2024-11-27 comply:2024-12-02 | 2024-11-26 | MISSED
            corrected          | T10      | NOT_FILING | order:2024-11-11 correct:2024-11-27 escalate:2024-12-09 | 2024-11-26 | RUNNING
            reconsidered       | T10_RECONSIDER | FILING | order:2024-11-11 reconsider:2024-11-13 reverse:2024-11-20 | 2024-11-20 | MET
            right of review    | T10_REVIEW_REQUEST | FILING | order:2024-11-11 reconsider:2024-11-13 uphold:2024-11-20 | 2024-11-25 | RUNNING
            """)
    void supervisionOfAFilingRuns(
            String name, String rule, String paper, String acts, LocalDate due, Deadline.State state) {
        String type = paper.equals("FILING") ? "WRONG_FILING" : "FILING";
        String facts = "type=" + type + ",document=REASONS_FOR_" + paper;
        Happenings it = new Happenings().upon("2024-11-04", "supervision", "it", "serve", facts);
        for (String act : acts.split(" ")) {
            String after = act.startsWith("uphold") ? "ORDER_UPHELD" : "";
            it.reaching(after).upon(act.split(":")[1], "supervision", "it", act.split(":")[0], facts);
        }
        Deadline found = one(it, rule);
        assertEquals(due, found.dueOn());
        assertEquals(state, found.state());
    }

    /** T21, 公安机关办理刑事案件程序规定 art. 179; refused on Monday, 4 November 2024, and what follows. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            right to ask       | RIGHTS_HOLDER_RECONSIDERATION          |                                                        | 2024-11-11 | RUNNING
            not asked          | RIGHTS_HOLDER_RECONSIDERATION          | file:2024-11-12                                        | 2024-11-11 | ENDED
            asked              | RIGHTS_HOLDER_RECONSIDERATION          | reconsider:2024-11-08                                  | 2024-11-11 | MET
            to be decided      | RIGHTS_HOLDER_RECONSIDERATION_DECISION | reconsider:2024-11-08                                  | 2024-12-09 | RUNNING
            decided in time    | RIGHTS_HOLDER_RECONSIDERATION_DECISION | reconsider:2024-11-08 uphold:2024-12-09                | 2024-12-09 | MET
            decided late       | RIGHTS_HOLDER_RECONSIDERATION_DECISION | reconsider:2024-11-08 uphold:2024-12-10                | 2024-12-09 | MISSED
            right of review    | RIGHTS_HOLDER_REVIEW                   | reconsider:2024-11-08 uphold:2024-12-06                | 2024-12-13 | RUNNING
            filed after all    | RIGHTS_HOLDER_REVIEW                   | reconsider:2024-11-08 uphold:2024-12-06 file:2024-12-10 | 2024-12-13 | ENDED
            review asked       | RIGHTS_HOLDER_REVIEW                   | reconsider:2024-11-08 uphold:2024-12-06 review:2024-12-10 | 2024-12-13 | MET
            under review       | RIGHTS_HOLDER_REVIEW_DECISION          | reconsider:2024-11-08 uphold:2024-12-06 review:2024-12-10 | 2025-01-09 | RUNNING
            reversed           | RIGHTS_HOLDER_REVIEW_DECISION          | reconsider:2024-11-08 uphold:2024-12-06 review:2024-12-10 reverse:2025-01-09 | 2025-01-09 | MET
            filed by order     | RIGHTS_HOLDER_REVIEW_DECISION          | reconsider:2024-11-08 uphold:2024-12-06 review:2024-12-10 file:2025-01-15 | 2025-01-09 | ENDED
            final, late        | RIGHTS_HOLDER_REVIEW_DECISION          | reconsider:2024-11-08 uphold:2024-12-06 review:2024-12-10 uphold:2025-01-10 | 2025-01-09 | MISSED
            """)
    void theComplainantsRoadRuns(String name, String rule, String acts, LocalDate due, Deadline.State state) {
        Happenings it = new Happenings().upon("2024-11-04", "filing", "it", "refuse", "filingType=CRIMINAL");
        Set<String> before = new HashSet<>();
        for (String act : acts == null ? new String[0] : acts.split(" ")) {
            String taken = act.split(":")[0];
            String reached = taken.equals("uphold") ? before.contains("review") ? "FINAL" : "UPHELD" : "";
            before.add(taken);
            it.reaching(reached).upon(act.split(":")[1], "filing", "it", taken, "filingType=CRIMINAL");
        }
        Deadline found = one(it, rule);
        assertEquals(due, found.dueOn());
        assertEquals(state, found.state());
    }

    @Test
    void theReviewOfAMajorCaseTakesThirtyDaysMore() {
        Happenings it = new Happenings().upon("2024-12-10", "filing", "it", "review", "filingType=CRIMINAL");
        it.order("2025-01-06", one(it, "RIGHTS_HOLDER_REVIEW_DECISION"), DeadlineOrder.EXTEND, "COMPLEX_30");
        assertEquals(
                LocalDate.of(2025, 2, 8),
                one(it, "RIGHTS_HOLDER_REVIEW_DECISION").dueOn(),
                "a working Saturday");
    }

    /** The last clock of a request, by the acts upon it: 4 November 2024 is a Monday, 16 November a Saturday. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            evidence            | REQUEST_EVIDENCE  | EVIDENCE        | send:2024-11-04                         | 2024-11-19 | RUNNING
            an appraisal        | REQUEST_APPRAISAL | APPRAISAL       | send:2024-11-04                         | 2024-12-04 | RUNNING
            a file              | REQUEST_FILE      | FILE_INSPECTION | send:2024-11-04                         | 2024-11-11 | RUNNING
            support             | REQUEST_SUPPORT   | SUPPORT         | send:2024-11-04                         | 2024-11-19 | RUNNING
            a consultation      | T19               | CONSULTATION    | send:2024-11-04                         | 2024-11-11 | RUNNING
            the default rolls   | REQUEST_EVIDENCE  | EVIDENCE        | send:2024-11-01                         | 2024-11-18 | RUNNING
            a day that is named | REQUEST_EVIDENCE  | EVIDENCE,replyBy=2024-11-16 | send:2024-11-04             | 2024-11-16 | RUNNING
            on that very day    | REQUEST_EVIDENCE  | EVIDENCE,replyBy=2024-11-04 | send:2024-11-04             | 2024-11-04 | RUNNING
            a receipt           | REQUEST_EVIDENCE  | EVIDENCE        | send:2024-11-04 receive:2024-11-18      | 2024-11-19 | RUNNING
            in time             | REQUEST_EVIDENCE  | EVIDENCE        | send:2024-11-04 answer:2024-11-19       | 2024-11-19 | MET
            late                | REQUEST_EVIDENCE  | EVIDENCE        | send:2024-11-04 answer:2024-11-20       | 2024-11-19 | MISSED
            late for the day    | REQUEST_EVIDENCE  | EVIDENCE,replyBy=2024-11-16 | send:2024-11-04 answer:2024-11-18 | 2024-11-16 | MISSED
            refused             | T19               | CONSULTATION    | send:2024-11-04 refuse:2024-11-11       | 2024-11-11 | MET
            withdrawn           | REQUEST_EVIDENCE  | EVIDENCE        | send:2024-11-04 withdraw:2024-12-20     | 2024-11-19 | ENDED
            in part             | REQUEST_EVIDENCE  | EVIDENCE        | send:2024-11-04 answer-in-part:2024-11-20 | 2024-11-19 | MISSED
            for the rest        | REQUEST_EVIDENCE  | EVIDENCE        | send:2024-11-04 answer-in-part:2024-11-08 ask:2024-11-12 | 2024-11-27 | RUNNING
            the rest, late      | REQUEST_EVIDENCE  | EVIDENCE        | send:2024-11-04 answer-in-part:2024-11-08 ask:2024-11-12 answer:2024-11-28 | 2024-11-27 | MISSED
            """)
    void aRequestRuns(String name, String rule, String type, String acts, LocalDate due, Deadline.State state) {
        Happenings it = new Happenings();
        for (String act : acts.split(" ")) {
            it.upon(act.split(":")[1], "request", "it", act.split(":")[0], "type=" + type);
        }
        Deadline found = all(it).getLast();
        assertEquals(rule, found.rule());
        assertEquals(due, found.dueOn());
        assertEquals(state, found.state());
        assertEquals(List.of("PROC"), found.actors());
    }

    @Test
    void whatIsAddedCountsFromTheDayThatIsNamed() {
        Happenings it =
                new Happenings().upon("2024-11-04", "request", "it", "send", "type=EVIDENCE,replyBy=2024-11-16");
        Deadline named = one(it, "REQUEST_EVIDENCE");
        it.order("2024-11-05", named, DeadlineOrder.SUSPEND, "").order("2024-11-08", named, DeadlineOrder.RESUME, "");
        assertEquals(LocalDate.of(2024, 11, 19), one(it, "REQUEST_EVIDENCE").dueOn(), "it stood still for three days");
        it.order("2024-11-08", named, DeadlineOrder.EXTEND, "AGREED_15");
        assertEquals(LocalDate.of(2024, 12, 4), one(it, "REQUEST_EVIDENCE").dueOn());
    }

    /** 监督立案案件催办: three months for each filing that was ordered, until it is concluded or withdrawn, or nobody waits any more. */
    @ParameterizedTest
    @CsvSource({
        "of first, ordered-filing, remind, ENDED",
        "of first, ordered-filing, close, ENDED",
        "of first, ordered-filing, leave, ENDED",
        "of another, ordered-filing, leave, RUNNING",
        "first, filing, withdraw, ENDED",
        "conclusion, investigation, conclude, MET"
    })
    void eachOrderedFilingHasItsReminder(String record, String kind, String act, Deadline.State first) {
        Happenings it = new Happenings();
        for (String filing : List.of("first", "second")) {
            it.ofFiling(filing).upon("2024-11-20", "ordered-filing", "of " + filing, "comply", "");
        }
        assertEquals(
                List.of(LocalDate.of(2025, 2, 20), LocalDate.of(2025, 2, 20)),
                of(it, "T10_REMIND").stream().map(Deadline::dueOn).toList());
        it.ofFiling("first").upon("2025-01-15", kind, record, act, "filingType=CRIMINAL");
        assertEquals(List.of(first, Deadline.State.RUNNING), states(it, "T10_REMIND"));
    }

    /** Nobody is reminded of what was over when it was named. */
    @ParameterizedTest
    @CsvSource({"first, filing, withdraw, 0", "conclusion, investigation, conclude, 0", "other, filing, withdraw, 1"})
    void whatIsOverNeedsNoReminder(String record, String kind, String act, int running) {
        Happenings it = new Happenings()
                .ofFiling(record.equals("other") ? "other" : "first")
                .upon("2024-11-10", kind, record, act, "filingType=CRIMINAL")
                .ofFiling("first")
                .upon("2024-11-12", "ordered-filing", "of first", "comply", "");
        assertEquals(running, of(it, "T10_REMIND").size());
    }

    /** Of two cases that were withdrawn, who tells of one has not told of the other. */
    @ParameterizedTest
    @CsvSource({"first, MET, RUNNING", "second, RUNNING, MET", "transfer, MET, MET"})
    void theSenderIsToldOfEachCase(String dropped, Deadline.State first, Deadline.State second) {
        Happenings it =
                new Happenings().ofFiling("transfer").upon("2024-11-04", "transfer", "transfer", "file", "filed=true");
        for (String filing : List.of("first", "second")) {
            it.ofFiling(filing).upon("2024-11-20", "filing", filing, "withdraw", "filingType=CRIMINAL");
        }
        it.ofFiling(dropped).upon("2024-11-21", "transfer", "transfer", "drop", "filed=false");
        assertEquals(List.of(first, second), states(it, "T12"));
    }

    /** In the order of the records' names. */
    private static List<Deadline.State> states(Happenings happened, String rule) {
        return of(happened, rule).stream().map(Deadline::state).toList();
    }

    private static List<Deadline> of(Happenings happened, String rule) {
        return CLOCKS.of(happened.events()).stream()
                .filter(each -> each.rule().equals(rule))
                .sorted(Comparator.comparing(
                        each -> !List.of(id("first"), id("of first")).contains(each.record())))
                .toList();
    }

    /** The day that is stated decides, and when it was written down is kept beside it. */
    @Test
    void theDayOfRecordingStandsBesideTheStatedOne() {
        Happenings it = new Happenings()
                .recordedOn("2024-11-05")
                .upon("2024-11-04", "supervision", "it", "serve", "type=FILING,document=REASONS_FOR_NOT_FILING")
                .recordedOn("2024-12-20")
                .upon("2024-11-11", "supervision", "it", "answer", "type=FILING,document=REASONS_FOR_NOT_FILING");
        Deadline kept = one(it, "T9");
        assertEquals(Deadline.State.MET, kept.state());
        assertEquals(Instant.parse("2024-11-05T04:00:00Z"), kept.startedRecorded());
        assertEquals(Instant.parse("2024-12-20T04:00:00Z"), kept.endedRecorded());
    }

    /** Only the paper decides: silence runs T11 and no T9, a suggestion two months. */
    @ParameterizedTest
    @CsvSource({
        "REASONS_FOR_SILENCE, FILING, T11",
        "REASONS_FOR_NOT_FILING, FILING, T9",
        "REASONS_FOR_FILING, WRONG_FILING, T9",
        "SUGGESTION, TRIAL, SUGGESTION_REPLY",
        "CORRECTION, TRIAL, PAPER_REPLY",
        "OPINION, NON_TRANSFER, PAPER_REPLY",
        "OPINION, REVERSE_TRANSFER, T17"
    })
    void thePaperSaysWhichTimeRuns(String document, String type, String rule) {
        Happenings it = new Happenings()
                .upon("2024-11-04", "supervision", "it", "serve", "type=" + type + ",document=" + document);
        for (String each : List.of("T9", "T11", "T17", "SUGGESTION_REPLY", "PAPER_REPLY")) {
            boolean runs = all(it).stream().anyMatch(deadline -> deadline.rule().equals(each));
            assertEquals(each.equals(rule), runs, each);
        }
    }

    /** A paper for which the law has no time of its own: the day that it names, be it a Saturday. */
    @Test
    void theDayOnThePaperIsTheLast() {
        Happenings it = new Happenings()
                .upon("2024-11-04", "supervision", "it", "serve", "type=TRIAL,document=CORRECTION,dueOn=2024-11-16");
        assertEquals(LocalDate.of(2024, 11, 16), one(it, "PAPER_REPLY").dueOn());
        it.upon("2024-11-17", "supervision", "it", "answer", "type=TRIAL,document=CORRECTION,dueOn=2024-11-16");
        assertEquals(Deadline.State.MISSED, one(it, "PAPER_REPLY").state());
    }

    /** Reconsideration, petition or private prosecution: the ten working days stand still, and go on. */
    @Test
    void theReviewStandsStillWhileTheNonProsecutionIsDisputed() {
        String facts = "type=REVERSE_TRANSFER,document=OPINION";
        Happenings it = new Happenings()
                .upon("2024-11-04", "supervision", "opinion", "create", facts)
                .upon("2024-11-06", "supervision", "opinion", "suspend", facts);
        assertEquals(Deadline.State.SUSPENDED, one(it, "T16").state());
        it.upon("2024-11-13", "supervision", "opinion", "resume", facts);
        assertEquals(LocalDate.of(2024, 11, 25), one(it, "T16").dueOn(), "five working days stood still");
        it.upon("2024-11-26", "supervision", "opinion", "end-review", facts);
        assertEquals(Deadline.State.MISSED, one(it, "T16").state());
    }

    @Test
    void ordersSuspendResumeRestartAndEnd() {
        Happenings it =
                new Happenings().upon("2024-11-04", "supervision", "opinion", "create", "type=REVERSE_TRANSFER");
        Deadline t16 = one(it, "T16");
        assertEquals(LocalDate.of(2024, 11, 18), t16.dueOn());
        it.order("2024-11-06", t16, DeadlineOrder.SUSPEND, "");
        assertEquals(Deadline.State.SUSPENDED, one(it, "T16").state());
        assertEquals(null, one(it, "T16").dueOn());
        it.order("2024-11-13", t16, DeadlineOrder.RESUME, "");
        assertEquals(LocalDate.of(2024, 11, 25), one(it, "T16").dueOn(), "five working days stood still");
        it.order("2024-11-20", t16, DeadlineOrder.RESTART, "");
        assertEquals(LocalDate.of(2024, 12, 4), one(it, "T16").dueOn());
        it.order("2024-11-21", t16, DeadlineOrder.END, "");
        assertEquals(Deadline.State.ENDED, one(it, "T16").state());
    }

    /** Backdated before it stood still, the end of a standstill takes nothing away, and breaks nothing. */
    @Test
    void whatIsResumedBeforeItStoodStillNeverStoodStill() {
        Happenings it =
                new Happenings().upon("2024-11-04", "supervision", "opinion", "create", "type=REVERSE_TRANSFER");
        Deadline t16 = one(it, "T16");
        it.order("2024-11-13", t16, DeadlineOrder.SUSPEND, "").order("2024-11-06", t16, DeadlineOrder.RESUME, "");
        assertEquals(Deadline.State.RUNNING, one(it, "T16").state());
        assertEquals(LocalDate.of(2024, 11, 18), one(it, "T16").dueOn());
    }

    @Test
    void whatStandsStillAfterItHasRunOutStaysLate() {
        Happenings it = new Happenings()
                .upon("2021-03-01", "filing", "administrative", "file", "filingType=ADMINISTRATIVE")
                .by("POLICE", "POLICE", "2021-07-01", "transfer", "transfer", "dispatch", "direction=AGENCY_TO_POLICE")
                .by("POLICE", "POLICE", "2021-09-01", "transfer", "transfer", "refuse", "direction=AGENCY_TO_POLICE");
        assertEquals(LocalDate.of(2021, 5, 31), one(it, "T14").dueOn());
    }

    /** What is late does not stand still: its lateness shows while the case is with the police. */
    @Test
    void whatHasRunOutStandsStillNoMore() {
        Happenings it = new Happenings()
                .by("MSA", "", "2021-03-01", "filing", "administrative", "file", "filingType=ADMINISTRATIVE")
                .by("MSA", "POLICE", "2021-07-01", "transfer", "t", "dispatch", "direction=AGENCY_TO_POLICE");
        assertEquals(Deadline.State.RUNNING, one(it, "T14").state());
        assertEquals(LocalDate.of(2021, 5, 31), one(it, "T14").dueOn());
    }

    @Test
    void whatIsFulfilledWhileItStandsStillIsNotLate() {
        Happenings it = new Happenings()
                .by("MSA", "", "2021-03-01", "filing", "administrative", "file", "filingType=ADMINISTRATIVE")
                .by("MSA", "POLICE", "2021-04-01", "transfer", "t", "dispatch", "direction=AGENCY_TO_POLICE")
                .by("MSA", "", "2021-09-01", "penalty", "p", "decide", "");
        assertEquals(Deadline.State.MET, one(it, "T14").state());
    }

    /** Who forwards late was late himself; his successor begins anew. */
    @Test
    void latenessStaysWithWhoForwarded() {
        Happenings it = new Happenings()
                .by("MSA", "CITY", "2021-03-01", "transfer", "transfer", "dispatch", "")
                .by("MSA", "DISTRICT", "2021-03-05", "transfer", "transfer", "forward", "");
        List<Deadline> receipts =
                all(it).stream().filter(each -> each.rule().equals("T4")).toList();
        assertEquals(Deadline.State.MISSED, receipts.getFirst().state());
        assertEquals(List.of("CITY"), receipts.getFirst().actors());
        assertEquals(Deadline.State.RUNNING, receipts.getLast().state());
        assertEquals(List.of("DISTRICT"), receipts.getLast().actors());
    }

    /** What another agency does in the matter neither moves the days of this one nor shows in them (I4). */
    @Test
    void eachAgencyOfAMatterHasItsOwnDays() {
        Happenings it = new Happenings()
                .by("MSA", "", "2021-03-01", "filing", "hers", "file", "filingType=ADMINISTRATIVE")
                .by("COPYRIGHT", "", "2021-03-02", "filing", "others", "file", "filingType=ADMINISTRATIVE")
                .by("COPYRIGHT", "POLICE", "2021-03-03", "transfer", "t", "dispatch", "direction=AGENCY_TO_POLICE")
                .by("COPYRIGHT", "", "2021-03-04", "penalty", "p", "decide", "");
        List<Deadline> each =
                all(it).stream().filter(one -> one.rule().equals("T14")).toList();
        assertEquals(2, each.size());
        assertEquals(List.of("MSA"), each.getFirst().actors());
        assertEquals(Deadline.State.RUNNING, each.getFirst().state());
        assertEquals(LocalDate.of(2021, 5, 31), each.getFirst().dueOn());
        assertEquals(Deadline.State.MET, each.getLast().state());
    }

    /** Two months and one more are three months from the first day, and nobody is held a day longer because February is short. */
    @Test
    void extensionsByMonthsAreCountedFromTheFirstDay() {
        Happenings it = new Happenings().act("2021-12-30", "arrest", "execute", "甲");
        Deadline custody = one(it, "INVESTIGATION_CUSTODY");
        assertEquals(LocalDate.of(2022, 2, 28), custody.dueOn());
        it.order("2022-02-20", custody, DeadlineOrder.EXTEND, "ABOVE_1");
        assertEquals(LocalDate.of(2022, 3, 30), one(it, "INVESTIGATION_CUSTODY").dueOn());
    }

    @Test
    void anOrderUponOneLeavesTheOthersAlone() {
        Happenings it = detained("2021-03-01", "甲", "乙");
        Deadline first = of(it, "DETENTION_TO_REQUEST", "甲").orElseThrow();
        it.order("2021-03-02", first, DeadlineOrder.VARY, "ROAMING");
        assertEquals(
                LocalDate.of(2021, 3, 4),
                of(it, "DETENTION_TO_REQUEST", "乙").orElseThrow().dueOn());
        assertNotEquals(
                first.id(), of(it, "DETENTION_TO_REQUEST", "乙").orElseThrow().id());
    }

    /** The day on which a clock starts decides which version of a rule it follows, to its end. */
    @Test
    void aRuleThatChangedInBetweenLeavesWhatRunsAlone() {
        Rule old = rule(Term.ofDays(30), null, LocalDate.of(2021, 12, 31));
        Rule young = rule(Term.ofDays(10), LocalDate.of(2022, 1, 1), null);
        Clocks clocks = new Clocks(new RuleBook(List.of(old, young)), COUNTING);
        Happenings it = new Happenings()
                .upon("2021-12-31", "penalty", "before", "serve", "")
                .upon("2022-01-01", "penalty", "after", "serve", "");
        List<Deadline> found = clocks.of(it.events());
        assertEquals(LocalDate.of(2022, 1, 30), found.getFirst().dueOn());
        assertEquals(LocalDate.of(2022, 1, 11), found.getLast().dueOn());
    }

    /** Nothing is lost where no version was in force: the deadline stands there without a day, for somebody to look at. */
    @Test
    void aDayWithoutARuleSaysSo() {
        Rule young = rule(Term.ofDays(10), LocalDate.of(2022, 1, 1), null);
        Clocks clocks = new Clocks(new RuleBook(List.of(young)), COUNTING);
        List<Deadline> found =
                clocks.of(new Happenings().act("2021-06-01", "penalty", "serve").events());
        assertEquals(Deadline.State.NO_RULE, found.getFirst().state());
        assertEquals(List.of("MSA"), found.getFirst().actors());
        List<Deadline> looked = clocks.of(new Happenings()
                .act("2021-06-01", "penalty", "serve")
                .order("2021-06-02", found.getFirst(), DeadlineOrder.END, "")
                .events());
        assertEquals(Deadline.State.ENDED, looked.getFirst().state(), "somebody looked, and ended it");
        found = clocks.of(new Happenings()
                .act("2021-06-01", "penalty", "serve")
                .act("2021-06-02", "penalty", "perform")
                .events());
        assertEquals(Deadline.State.MET, found.getFirst().state());
    }

    @Test
    void workedOutAgainItIsTheSame() {
        Happenings it = detained("2021-03-01", "甲", "乙").act("2021-03-03", "arrest", "request", "甲");
        List<Deadline> before = all(it);
        assertEquals(before, all(it));
        it.act("2021-03-04", "arrest", "accept", "甲");
        assertEquals(before, all(it), "an act that no rule waits for");
    }

    @Test
    void everyRuleNamesItsBasisAndEveryUnverifiedOneSaysSo() {
        assertFalse(RULES.all().isEmpty());
        for (Rule rule : RULES.all()) {
            assertFalse(rule.basis().law().isBlank() || rule.basis().article().isBlank(), rule.id());
        }
        assertEquals(
                Verified.NONE,
                RULES.inForce("T17", LocalDate.of(2023, 10, 27))
                        .orElseThrow()
                        .basis()
                        .verified());
    }

    /** 行政强制法 art. 25: thirty days, thirty more once, the days of a test not counted; each order its own. */
    @Test
    void anOrderStartsDaysThatOrdersAloneReach() {
        Happenings it = new Happenings()
                .upon("2023-03-01", "filing", "case", "start-by-order", "rule=SEIZURE,filingType=ADMINISTRATIVE")
                .upon("2023-03-03", "filing", "case", "start-by-order", "rule=SEIZURE,filingType=ADMINISTRATIVE")
                .upon("2023-03-04", "filing", "case", "close", "filingType=ADMINISTRATIVE");
        List<Deadline> both =
                all(it).stream().filter(each -> each.rule().equals("SEIZURE")).toList();
        assertEquals(2, both.size());
        assertEquals(LocalDate.of(2023, 3, 31), both.getFirst().dueOn());
        assertEquals(Deadline.State.RUNNING, both.getFirst().state(), "whatever becomes of the case");
        it.order("2023-03-10", both.getFirst(), DeadlineOrder.SUSPEND, "")
                .order("2023-03-17", both.getFirst(), DeadlineOrder.RESUME, "")
                .order("2023-03-20", both.getFirst(), DeadlineOrder.EXTEND, "COMPLEX_30");
        Deadline tested = byId(it, both.getFirst());
        assertEquals(LocalDate.of(2023, 5, 7), tested.dueOn(), "sixty days and seven: a Sunday, which stays");
        it.order("2023-05-09", both.getFirst(), DeadlineOrder.FULFIL, "")
                .order("2023-04-02", both.getLast(), DeadlineOrder.FULFIL, "");
        assertEquals(Deadline.State.MISSED, byId(it, both.getFirst()).state());
        assertEquals(Deadline.State.MET, byId(it, both.getLast()).state());
    }

    /** T20: how late the record came, known once it is there; what was recorded before anybody noted when starts none. */
    @Test
    void aRecordThatCameLateShowsIt() {
        Happenings it = new Happenings()
                .recordedOn("2023-03-08")
                .act("2023-03-01", "prosecution", "indict", "甲")
                .recordedOn("2023-03-20")
                .act("2023-03-01", "prosecution", "not-prosecute", "乙");
        assertEquals(
                List.of("2023-03-08 MET", "2023-03-08 MISSED"),
                all(it).stream()
                        .filter(each -> each.rule().equals("T20"))
                        .map(each -> each.dueOn() + " " + each.state())
                        .sorted()
                        .toList());
        Happenings unknown = new Happenings().act("2023-03-01", "prosecution", "indict", "甲");
        assertTrue(all(unknown).stream().noneMatch(each -> each.rule().equals("T20")));
    }

    /** What is registered as of the past takes a reason away; it starts nothing, and fulfils nothing late or in time. */
    @Test
    void thePastEndsAndNeitherStartsNorFulfils() {
        Happenings it = detained("2015-04-12", "甲").act("2015-05-20", "arrest", "execute", "甲");
        assertEquals(Deadline.State.RUNNING, one(it, "INVESTIGATION_CUSTODY").state());
        it.upon("2015-07-15", "investigation", "sent", "send", "past=true", "甲");
        assertEquals(Deadline.State.RUNNING, one(it, "INVESTIGATION_CUSTODY").state(), "nothing is fulfilled by it");
        it.upon("2015-07-16", "prosecution", "prosecution", "create", "past=true", "甲");
        assertEquals(Deadline.State.ENDED, one(it, "INVESTIGATION_CUSTODY").state());
        Happenings overrun = detained("2015-04-12", "甲")
                .act("2015-05-20", "arrest", "execute", "甲")
                .act("2015-08-01", "prosecution", "create", "甲");
        assertEquals(
                Deadline.State.MISSED,
                one(overrun, "INVESTIGATION_CUSTODY").state(),
                "too long in custody stays so, whatever ended it");
        assertTrue(all(it).stream().noneMatch(each -> each.rule().equals("PROSECUTION_REVIEW")));
    }

    private static Deadline byId(Happenings it, Deadline deadline) {
        return all(it).stream()
                .filter(each -> each.id().equals(deadline.id()))
                .findFirst()
                .orElseThrow();
    }

    private static Rule rule(Term limit, LocalDate from, LocalDate to) {
        return new Rule(
                "R",
                "规则",
                "Rule",
                Rule.Nature.DUTY,
                Rule.Actor.OWNER,
                Rule.Per.RECORD,
                limit,
                null,
                false,
                false,
                null,
                List.of(new Rule.Trigger("penalty", List.of("serve"), null, null)),
                null,
                null,
                List.of(new Rule.Trigger("penalty", List.of("perform"), null, null)),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new LegalBasis("法", "条", "", Verified.NONE),
                from,
                to,
                null,
                null,
                false,
                null);
    }

    private static Happenings detained(String day, String... whom) {
        return new Happenings().upon(day, "investigation", "detention", "execute", MEASURE, whom);
    }

    private static List<Deadline> all(Happenings it) {
        return CLOCKS.of(it.events());
    }

    private static Deadline one(Happenings it, String rule) {
        List<Deadline> found =
                all(it).stream().filter(each -> each.rule().equals(rule)).toList();
        assertEquals(1, found.size(), rule);
        return found.getFirst();
    }

    /** The latest of that rule for the person. */
    private static Optional<Deadline> of(Happenings it, String rule, String person) {
        return all(it).stream()
                .filter(each -> each.rule().equals(rule) && id(person).equals(each.participant()))
                .reduce((earlier, later) -> later);
    }
}
