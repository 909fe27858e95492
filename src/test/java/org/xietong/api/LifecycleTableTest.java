package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xietong.api.Casework.Piece;
import org.xietong.api.LifecycleTable.Step;
import org.xietong.client.SignedAnswer;
import org.xietong.kind.Arrest;
import org.xietong.kind.Clue;
import org.xietong.kind.Enforcement;
import org.xietong.kind.Filing;
import org.xietong.kind.FilingType;
import org.xietong.kind.Investigation;
import org.xietong.kind.Judgment;
import org.xietong.kind.PatentReferral;
import org.xietong.kind.Penalty;
import org.xietong.kind.Prosecution;
import org.xietong.kind.Request;
import org.xietong.kind.Supervision;
import org.xietong.kind.Transfer;
import org.xietong.record.Act;
import org.xietong.record.Lifecycle;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Reply;
import org.xietong.testing.Stages;

/** Each act × each state × each actor of the nine kinds, over HTTP: what passes, and with which code the rest fails. */
@QuarkusTest
@WithTestResource(CityResource.class)
class LifecycleTableTest {
    /** Acts that no kind knows, or another kind only. */
    private static final String UNKNOWN = "bless";

    /** So much that a transfer must be considered, which then can be decided against. */
    private static final String GAIN =
            ", \"amounts\": [{\"type\": \"ILLEGAL_GAIN\", \"value\": \"30000\", \"unit\": \"CNY\"}]";

    /** Stands in the table for a criminal filing of the police that was filed. */
    private static final String FILED = "{filed}";

    private static final Map<String, String> FILINGS = new ConcurrentHashMap<>();

    private final Casework work = new Casework();
    private final PatentReferrals referrals = new PatentReferrals(work);

    static List<LifecycleTable> lifecycles() {
        return LifecycleTable.all();
    }

    @Test
    void theTableStatesEveryLifecycle() {
        assertEquals(25, lifecycles().size());
        assertEquals(
                12, lifecycles().stream().map(LifecycleTable::kind).distinct().count());
    }

    /** The table is written by hand from the law; an act that the code gains or loses must be written there first. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("lifecycles")
    void theTableHasEveryActOfTheCodeAndNoOther(LifecycleTable table) {
        Set<String> coded = new TreeSet<>();
        for (Act act : lifecycle(table.name()).acts()) {
            act.from().forEach(from -> coded.add(from + " " + act.name() + " " + act.to()));
        }
        Set<String> written = new TreeSet<>();
        for (Step step : table.steps()) {
            String to = step.leadsOn()
                    ? step.to()
                    : lifecycle(table.name())
                            .act(step.act(), step.from())
                            .map(Act::to)
                            .orElse(step.to());
            written.add(step.from() + " " + step.act() + " " + to);
        }
        assertEquals(coded, written);
    }

    @Test
    void theTableNamesEveryAgencyForEveryLifecycle() {
        for (LifecycleTable table : lifecycles()) {
            Set<String> agencies = table.units().keySet().stream()
                    .map(unit -> unit.substring(0, unit.indexOf('-')))
                    .collect(Collectors.toSet());
            if (!table.name().equals("arrest in a district")) {
                assertEquals(
                        Set.of("COURT", "PROC", "POLICE", "MSA", "IPO", "COPYRIGHT", "AUD"), agencies, table.name());
            }
        }
    }

    private static Lifecycle lifecycle(String name) {
        return switch (name) {
            case "clue" -> Clue.LIFECYCLE;
            case "criminal" -> filing(FilingType.CRIMINAL);
            case "administrative" -> filing(FilingType.ADMINISTRATIVE);
            case "civil" -> filing(FilingType.CIVIL);
            case "penalty" -> Penalty.LIFECYCLE;
            case "search" -> Investigation.MEASURE;
            case "bail" -> Investigation.COERCION;
            case "detention" -> Investigation.DETENTION;
            case "conclusion" -> Investigation.CONCLUDING;
            case "arrest", "arrest in a district" -> Arrest.LIFECYCLE;
            case "prosecution" -> Prosecution.LIFECYCLE;
            case "judgment" -> Judgment.LIFECYCLE;
            case "enforcement" -> Enforcement.LIFECYCLE;
            case "supervision of filing" -> supervision("FILING");
            case "supervision of a wrong filing" -> supervision("WRONG_FILING");
            case "correction" -> supervision("INVESTIGATION");
            case "supervision of non-transfer" -> supervision("NON_TRANSFER");
            case "opinion after non-prosecution" -> supervision("REVERSE_TRANSFER");
            case "early participation" -> supervision("EARLY_PARTICIPATION");
            case "early participation, asked for" -> supervision("EARLY_PARTICIPATION_REQUEST");
            case "transfer" -> transfer("AGENCY_TO_POLICE");
            case "return to the agency" -> transfer("POLICE_TO_AGENCY");
            case "patent referral" -> PatentReferral.LIFECYCLE;
            case "request" ->
                new Request("EVIDENCE", null, null, null, null, null, null, null, null, null, null, null, null, null)
                        .lifecycle();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Lifecycle supervision(String type) {
        return new Supervision(
                        type, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                        null)
                .lifecycle();
    }

    private static Lifecycle transfer(String direction) {
        return new Transfer(
                        direction, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                        null, null, null, null)
                .lifecycle();
    }

    private static Lifecycle filing(FilingType type) {
        return new Filing(type, null, null, null, null, null, null, null).lifecycle();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lifecycles")
    void everyActInEveryStateByEveryActor(LifecycleTable table) throws InterruptedException, ExecutionException {
        List<Callable<List<String>>> tasks = new ArrayList<>();
        for (String state : table.states()) {
            tasks.add(() -> refusals(table, state));
        }
        for (Step step : table.steps()) {
            tasks.add(() -> step.leadsOn() ? taken(table, step) : concernsNobody(table, step));
        }
        List<String> wrong = new ArrayList<>();
        try (ExecutorService four =
                Executors.newFixedThreadPool(4, Thread.ofVirtual().factory())) {
            for (Future<List<String>> task : four.invokeAll(tasks)) {
                wrong.addAll(task.get());
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** The act passes, and leaves the state and the milestones that the table says. */
    private List<String> taken(LifecycleTable table, Step step) {
        List<String> wrong = new ArrayList<>();
        for (String unit : step.by()) {
            Piece piece = played(table, table.roadOf(step));
            Reply reply = act(unit, piece, step.act(), step.body());
            String found = reply.status() == 200
                    ? reply.json().path("state").asText()
                    : reply.status() + " " + reply.code() + reply.faults();
            compare(wrong, table, step.from() + " " + step.act() + " by " + unit, step.to(), found);
            Set<String> expected = milestones(LifecycleTable.with(table.roadOf(step), step));
            compare(
                    wrong,
                    table,
                    step.act() + " milestones",
                    expected.toString(),
                    standing(piece).toString());
        }
        return wrong;
    }

    private List<String> concernsNobody(LifecycleTable table, Step step) {
        List<String> wrong = new ArrayList<>();
        Piece piece = played(table, table.roadOf(step));
        String found = outcome(act(step.by().getFirst(), piece, step.act(), step.body()));
        compare(wrong, table, step.from() + " " + step.act() + " upon nobody", "409 STATE_CONFLICT", found);
        return wrong;
    }

    /** In one state: all that must fail, and how; the record stays as it is. */
    private List<String> refusals(LifecycleTable table, String state) {
        List<String> wrong = new ArrayList<>();
        Piece piece = played(table, table.roadTo(state));
        Set<String> acts = new TreeSet<>(table.acts());
        acts.add(UNKNOWN);
        acts.add(table.kind().equals("clue") ? "indict" : "triage");
        table.units().forEach((unit, actor) -> {
            for (String act : acts) {
                refusal(table, state, unit, actor, act).ifPresent(expected -> {
                    Reply reply = act(unit, piece, act, "{}");
                    compare(wrong, table, state + " " + act + " by " + unit, expected, outcome(reply));
                });
            }
        });
        String now = new Reply(
                        200,
                        null,
                        work.city()
                                .call(table.owner(), "GET", piece.path())
                                .send()
                                .body())
                .json()
                .path("state")
                .asText();
        compare(wrong, table, state + " stays", state, now);
        return wrong;
    }

    /** Empty where a request without anything would pass. */
    private static Optional<String> refusal(
            LifecycleTable table, String state, String unit, LifecycleTable.Actor actor, String act) {
        if (!actor.sees(state) || !table.acts().contains(act)) {
            return Optional.of("404 NOT_FOUND");
        }
        Optional<Step> step = table.steps().stream()
                .filter(s -> s.from().equals(state) && s.act().equals(act))
                .findFirst();
        boolean right = actor.acts(state)
                && step.map(s -> s.by().contains(unit))
                        .orElse(table.steps().stream().anyMatch(s -> s.act().equals(act) && s.by().contains(unit)));
        if (!right) {
            return Optional.of("403 FORBIDDEN");
        }
        if (step.isEmpty()) {
            return Optional.of("409 STATE_CONFLICT");
        }
        return step.get().needs().isEmpty()
                ? Optional.empty()
                : Optional.of("422 INVALID_CONTENT " + step.get().missing());
    }

    private static String outcome(Reply reply) {
        String code = reply.status() + " " + reply.code();
        return reply.status() == 422 ? code + " " + new TreeSet<>(reply.faults()) : code;
    }

    private static void compare(List<String> wrong, LifecycleTable table, String what, String expected, String found) {
        if (!expected.equals(found)) {
            wrong.add(table.name() + ": " + what + ": " + expected + " expected, " + found);
        }
    }

    private static Set<String> milestones(List<Step> road) {
        Set<String> standing = new TreeSet<>();
        for (Step step : road) {
            for (String change : step.milestones()) {
                if (change.startsWith("+")) {
                    standing.add(change.substring(1));
                } else {
                    standing.remove(change.substring(1));
                }
            }
        }
        return standing;
    }

    private Set<String> standing(Piece piece) {
        return new TreeSet<>(work.city()
                .stored()
                .texts(
                        "SELECT DISTINCT milestone FROM xietong.milestone WHERE record_id = ? AND revoked_at IS NULL",
                        UUID.fromString(piece.id())));
    }

    private Piece played(LifecycleTable table, List<Step> road) {
        Piece piece = begun(table);
        for (Step step : road) {
            if (step.by().isEmpty()) {
                referrals.goesAlong(piece, step.act());
                continue;
            }
            Reply reply = act(step.by().getFirst(), piece, step.act(), step.body());
            assertTrue(reply.status() == 200, table.name() + " " + step.act() + " " + reply.text());
        }
        return piece;
    }

    private Reply act(String unit, Piece piece, String act, String body) {
        SignedAnswer answer = work.city()
                .signed(unit, 1, "POST", piece.path() + "/acts/" + act)
                .idempotencyKey()
                .ifMatch("*")
                .body(City.utf8(named(body)))
                .send();
        return new Reply(answer.status(), answer.headers(), answer.body());
    }

    /** The body with a filing of the police, where it asks for one. */
    private String named(String body) {
        return body.contains(FILED)
                ? body.replace(
                        FILED,
                        FILINGS.computeIfAbsent(
                                FILED,
                                none -> CriminalCase.ofThePolice().filing().id()))
                : body;
    }

    /** A new record with one participant, complete enough for every act. */
    private Piece begun(LifecycleTable table) {
        String owner = table.owner();
        return switch (table.name()) {
            case "clue" -> work.clue(owner);
            case "criminal" ->
                work.create(
                        owner,
                        "filing",
                        Drafts.filing(null, "")
                                .replace("\"charge\"", "\"reason\": {\"code\": \"NO_CRIME_FACT\"}, \"charge\""));
            case "administrative" ->
                work.create(owner, "filing", other("ADMINISTRATIVE", "ADMIN_TRADEMARK", "咸市监立〔2023〕1号"));
            case "civil" -> work.create(owner, "filing", other("CIVIL", "CIVIL_TRADEMARK", "（2023）鄂12知民初1号"));
            case "penalty" -> work.create(owner, "penalty", Stages.draft(null, Stages.penalty(GAIN)));
            case "search" -> measure("SEARCH");
            case "bail" -> measure("BAIL");
            case "detention" -> measure("DETENTION");
            case "conclusion" -> measure("CONCLUSION");
            case "arrest", "arrest in a district" -> stage(owner, "arrest", it -> Stages.arrest(it.first()));
            case "prosecution" -> stage(owner, "prosecution", it -> Stages.prosecution(it.first()));
            case "judgment" ->
                work.create(
                        owner,
                        "judgment",
                        Stages.draft(
                                null,
                                Stages.judgment("P1")
                                                .replace("\"FIRST\"", "\"SECOND\"")
                                                .replace("\"id\": \"P1\"", "\"ref\": \"P1\"")
                                        + ", \"appealBy\": [\"DEFENDANT\"]"));
            case "enforcement" ->
                work.create(
                        owner,
                        "enforcement",
                        Stages.draft(null, Stages.enforcement("P1").replace("\"id\": \"P1\"", "\"ref\": \"P1\"")));
            case "supervision of filing" -> supervision(owner, "FILING");
            case "supervision of a wrong filing" -> supervision(owner, "WRONG_FILING");
            case "correction" -> supervision(owner, "INVESTIGATION");
            case "supervision of non-transfer" -> supervision(owner, "NON_TRANSFER");
            case "opinion after non-prosecution" -> supervision(owner, "REVERSE_TRANSFER");
            case "early participation" -> early(owner, "EARLY_PARTICIPATION");
            case "early participation, asked for" -> early(owner, "EARLY_PARTICIPATION_REQUEST");
            case "transfer" -> transfer(owner, "AGENCY_TO_POLICE");
            case "return to the agency" -> transfer(owner, "POLICE_TO_AGENCY");
            case "patent referral" -> work.create(owner, "patent-referral", PatentReferrals.DRAFT);
            case "request" -> new Requests(work).drafted(owner, work.clue(owner).matter(), "");
            default -> throw new IllegalArgumentException(table.name());
        };
    }

    private Piece supervision(String owner, String type) {
        return work.create(owner, "supervision", Stages.draft(null, Stages.supervision(type, "")));
    }

    private Piece early(String owner, String type) {
        return stage(owner, "supervision", it -> Stages.supervision(type, "," + Stages.participants(it.first())));
    }

    private Piece transfer(String owner, String direction) {
        Transfers transfers = new Transfers(work);
        return transfers.withPapers(
                owner, work.create(owner, "transfer", Transfers.draft(direction, "TRADEMARK", "", "")));
    }

    private Piece measure(String measure) {
        return stage(City.POLICE, "investigation", it -> Stages.measure(measure, it.first()));
    }

    private Piece stage(String owner, String kind, Function<CriminalCase, String> content) {
        CriminalCase it = owner.equals(City.POLICE_DISTRICT) ? CriminalCase.of(owner) : CriminalCase.ofThePolice();
        return it.create(owner, kind, content.apply(it));
    }

    private static String other(String type, String cause, String number) {
        return Scenes.other(type, cause, null, "L-" + UUID.randomUUID())
                .replace(
                        "\"filedOn\"",
                        "\"caseNumber\": \"" + number + "\", \"reason\": {\"code\": \"NO_COMPETENCE\"}, \"filedOn\"");
    }
}
