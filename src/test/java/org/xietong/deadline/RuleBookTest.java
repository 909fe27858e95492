package org.xietong.deadline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.identifier.CodeLists;
import org.xietong.label.StrictYaml;

/** The rules that ship, against what the kinds can do; and what the loader refuses. */
class RuleBookTest {
    private static final ObjectMapper JSON = new ObjectMapper(new YAMLFactory()).registerModule(new JavaTimeModule());

    /** A trigger that names an act which its kind does not have would wait for ever. */
    @Test
    void everyTriggerNamesAKindAndActsOfIt() throws IOException {
        JsonNode kinds =
                StrictYaml.parse(StrictYaml.bytes("policy/vocabulary.yaml")).get("kinds");
        List<String> unknown = new ArrayList<>();
        for (Rule rule : RuleBook.load(each -> each).all()) {
            for (Rule.Trigger trigger : rule.triggers()) {
                Set<String> acts = new TreeSet<>();
                if (trigger.kind().equals(CaseEvent.PROMPT_KIND)) {
                    Arrays.stream(PromptEvent.values()).map(PromptEvent::act).forEach(acts::add);
                }
                if (trigger.kind().equals(CaseEvent.ORDERED_FILING)) {
                    kinds.path("supervision").path("acts").forEach(act -> acts.add(act.asText()));
                    acts.add(CaseEvent.LEAVES);
                }
                if (rule.startsByOrder()) {
                    acts.add(CaseEvent.ORDERED_START);
                }
                kinds.path(trigger.kind()).path("acts").forEach(act -> acts.add(act.asText()));
                trigger.acts().stream()
                        .filter(act -> !acts.contains(act))
                        .forEach(act -> unknown.add(rule.id() + ": " + trigger.kind() + " " + act));
                if (trigger.state() != null && !CodeLists.standard().contains("states", trigger.state())) {
                    unknown.add(rule.id() + ": " + trigger.state());
                }
            }
        }
        assertEquals(List.of(), unknown);
    }

    /**
     * A deadline that ends by another kind's act tells of it. Each of these was thought through: whoever sees the first kind in full may
     * know of the second; what he may not know of has an audience.
     */
    @Test
    void whatEndsByAnotherKindWasThoughtThrough() {
        List<String> open = RuleBook.load(each -> each).all().stream()
                .filter(rule -> rule.crossesKinds() && rule.audience() == null)
                .map(Rule::id)
                .toList();
        assertEquals(
                List.of(
                        "DETENTION_TO_REQUEST",
                        "CUSTODY_BEFORE_ARREST",
                        "INVESTIGATION_CUSTODY",
                        "HAND_TO_ENFORCEMENT",
                        "CIVIL_TRIAL_FIRST",
                        "CIVIL_ENFORCEMENT_REQUEST"),
                open);
        List<String> closed = RuleBook.load(each -> each).all().stream()
                .filter(rule -> rule.audience() != null)
                .map(rule -> rule.id() + ' ' + rule.audience())
                .toList();
        assertEquals(
                List.of(
                        "T1 SUPERVISOR_ONCE_LATE",
                        "T12 SUPERVISOR",
                        "SEIZURE SUPERVISOR",
                        "T10_REMIND SUPERVISOR",
                        "T15 ACTOR",
                        "T14 SUPERVISOR"),
                closed);
    }

    /** What can be broken in one rule, and the loader's complaint. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    nature,  ,                                lacks a part
                    basis,   '{law: 法, article: 条}',          lacks its basis
                    validTo, 2020-01-01,                      ends before it begins
                    suspends, '[{kind: penalty, acts: [sue]}]', can be suspended
                    stops,   '[]',                            has nothing that fulfils it
                    byRecording, true,                        has nothing that fulfils it
                    starts,  '[{kind: penalty, acts: [start-by-order], where: {rule: [OTHER]}}]', starts by an order
                    custody, WHEN_HELD,                       does not count per participant
                    limit,   ,                                a term that it does not have
                    extensions, '[{code: A, zh: 甲, en: A, limit: {days: 1}, most: 1}, {code: A, zh: 乙, en: B, limit: {days: 1}, most: 1}]', has a code twice
                    """)
    void refusesWhatIsNotSound(String field, String value, String complaint) throws IOException {
        ObjectNode rule = sound();
        if (value == null) {
            rule.remove(field);
        } else {
            rule.set(field, JSON.readTree(value));
        }
        Rule broken = JSON.treeToValue(rule, Rule.class);
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> new RuleBook(List.of(broken)));
        assertTrue(refused.getMessage().contains(complaint), refused.getMessage());
    }

    @Test
    void refusesTwoVersionsInForceAtOnce() throws IOException {
        Rule one = JSON.treeToValue(sound(), Rule.class);
        Rule later = JSON.treeToValue(sound().put("validFrom", "2025-01-01"), Rule.class);
        assertThrows(IllegalStateException.class, () -> new RuleBook(List.of(one, later)));
        Rule ended = JSON.treeToValue(sound().put("validTo", "2024-12-31"), Rule.class);
        assertEquals(2, new RuleBook(List.of(ended, later)).all().size());
    }

    @ParameterizedTest
    @CsvSource({"'{}'", "'{days: 1, hours: 2}'", "'{days: -1}'", "'{workingDays: 1, months: 1}'", "'{days: 0}'"})
    void refusesATermOfNothingOrOfTwoUnits(String term) {
        assertThrows(IOException.class, () -> JSON.readValue(term, Term.class));
    }

    @Test
    void whatTheLawLeavesOpenIsConfigured() throws IOException {
        Rule order310 = JSON.treeToValue(sound().put("option", "ORDER_310"), Rule.class);
        Rule feedback = JSON.treeToValue(sound().put("option", "FEEDBACK"), Rule.class);
        DeadlineConfig working = config(DeadlineConfig.Order310.WORKING);
        DeadlineConfig calendar = config(DeadlineConfig.Order310.CALENDAR);
        assertEquals(
                Term.ofWorkingDays(3),
                StandingRules.completed(order310, working).limit());
        assertEquals(Term.ofDays(3), StandingRules.completed(order310, calendar).limit());
        Rule consider = JSON.treeToValue(sound().put("option", "CONSIDER"), Rule.class);
        assertEquals(Term.ofDays(5), StandingRules.completed(consider, calendar).limit());
        assertEquals(
                Term.ofDays(20), StandingRules.completed(feedback, calendar).limit());
    }

    private static ObjectNode sound() throws IOException {
        ObjectNode rule = (ObjectNode) JSON.readTree("""
                {id: R, zh: 规则, en: Rule, nature: DUTY, actor: OWNER, per: RECORD, limit: {days: 3}, rolls: true,
                 basis: {law: 法, article: 条, text: 文, verified: text}, validFrom: 2021-01-01}
                """);
        ArrayNode serve = (ArrayNode) JSON.readTree("[{kind: penalty, acts: [serve]}]");
        rule.set("starts", serve);
        rule.set("stops", JSON.readTree("[{kind: penalty, acts: [perform]}]"));
        return rule;
    }

    private static DeadlineConfig config(DeadlineConfig.Order310 days) {
        return new DeadlineConfig() {
            @Override
            public Order310 order310() {
                return days;
            }

            @Override
            public int feedbackDays() {
                return 20;
            }

            @Override
            public int considerDays() {
                return 5;
            }

            @Override
            public int soonDays() {
                return 3;
            }

            @Override
            public String remindEvery() {
                return "off";
            }

            @Override
            public String sweepEvery() {
                return "off";
            }
        };
    }
}
