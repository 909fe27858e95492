package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.xietong.api.Canaries.Reader;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.client.OfficerName;
import org.xietong.client.Purpose;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.Audits;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;

/** A unique token in every protected field reaches those who may know the field, and nobody else on any way (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanaryTest {
    private static final Logger LOG = Logger.getLogger(CanaryTest.class);
    private static final List<String> UNITS = List.of(
            City.COURT,
            City.PROC,
            City.POLICE,
            City.MSA,
            City.IPO,
            City.COPYRIGHT,
            City.AUD,
            City.MSA_DISTRICT,
            City.POLICE_DISTRICT,
            City.PROC_DISTRICT,
            City.COURT_DISTRICT);

    /** Of the clue: the police are addressed, the intellectual-property office is the sister. */
    private static final Predicate<Reader> SUMMARY = reader ->
            Set.of(City.MSA, City.POLICE, City.PROC, City.IPO, City.COPYRIGHT).contains(reader.unit());

    private static final Predicate<Reader> FULL =
            reader -> Set.of(City.MSA, City.POLICE).contains(reader.unit())
                    || (Set.of(City.PROC, City.IPO).contains(reader.unit()) && reader.attended());

    private static final Predicate<Reader> OWNER = reader -> reader.unit().equals(City.MSA);

    /** Of the filing: market supervision sent it. */
    private static final Predicate<Reader> FILING_SUMMARY =
            reader -> Set.of(City.POLICE, City.PROC, City.MSA).contains(reader.unit());

    private static final Predicate<Reader> FILING_FULL =
            reader -> reader.unit().equals(City.POLICE) || (reader.unit().equals(City.PROC) && reader.attended());

    private static final Predicate<Reader> FILING_OWNER =
            reader -> reader.unit().equals(City.POLICE);

    private final Casework work = new Casework();
    private final City city = work.city();
    private final Canaries canaries = new Canaries();
    private ServerLog log;
    private Piece clue;
    private Piece scoped;
    private Piece filing;
    private String sourceRef = "";

    @BeforeAll
    void fillEveryProtectedField() {
        log = new ServerLog();
        sourceRef = canaries.in("clue.sourceRef", OWNER);
        clue = piece(city.client(City.MSA)
                .call("POST", "/v1/clues")
                .purpose(Purpose.of("case-handling", "SC310_6", canaries.in("purpose.case", OWNER)))
                .officer(
                        new OfficerName("MSA-421200-002", City.MSA, "ukey"),
                        city.keys().officer("MSA-421200-002"))
                .idempotencyKey(canaries.in("idempotency-key", OWNER))
                .body(City.utf8(clueDraft()))
                .send());
        scoped = work.createSigned(City.MSA, "clue", scopedDraft());
        clue = work.act(City.MSA, clue, "triage", note("clue.triage.note", FULL, ""));
        clue = work.act(City.MSA, clue, "accept", "{}");
        clue = work.act(
                City.MSA,
                clue,
                "transfer",
                note(
                        "clue.transfer.note",
                        FULL,
                        ", \"addressees\": [\"POLICE-421200\"], \"documentNumber\": \""
                                + canaries.in("clue.transfer.documentNumber", FULL) + "\""));
        filing = work.create(City.POLICE, "filing", filingDraft());
        String suspect = Casework.json(
                        city.call(City.POLICE, "GET", filing.path()).send())
                .at("/content/participants/0/id")
                .asText();
        work.milestone(filing, suspect, "COERCION_NOTIFIED");
        filing = work.act(
                City.POLICE,
                filing,
                "file",
                note(
                        "filing.file.note",
                        FILING_FULL,
                        ", \"documentNumber\": \"" + canaries.in("filing.file.documentNumber", FILING_FULL) + "\""));
    }

    @AfterAll
    void stopListening() {
        log.close();
    }

    @Test
    void reachesOnlyThoseWhoMayKnow() throws IOException, InterruptedException {
        List<String> leaks = new ArrayList<>();
        for (String unit : UNITS) {
            for (boolean attended : List.of(true, false)) {
                sweep(new Reader(unit, attended), leaks);
            }
        }
        assertEquals(List.of(), leaks);
        assertEquals(Set.of(), canaries.unseen(), "tokens that nobody found prove nothing");
        assertEquals(List.of(), canaries.standingIn(log.text()), "in the server's log");
        assertEquals(List.of(), canaries.standingIn(metrics()), "in the metrics");
    }

    /** The auditor opens every part of every exchange on the two cases; what was read and written is in none. */
    @Test
    void ofContentReachesNoPartOfTheJournal() {
        Set<String> ofTheCallersOwn = Set.of("purpose.case", "idempotency-key");
        List<String> leaks = new ArrayList<>();
        Audits audits = Audits.opened();
        for (Piece piece : List.of(clue, scoped, filing)) {
            String list = Casework.text(audits.call("GET", "/v1/exchanges?limit=100&recordId=" + piece.id())
                    .send());
            String seen = Casework.text(audits.search("\"recordId\": \"" + piece.id() + "\""));
            assertTrue(seen.contains("\"deliveredTo\""), seen);
            leaks.addAll(canaries.standingIn(seen));
            leaks.addAll(canaries.standingIn(list));
            for (String exchange : ids(list)) {
                String opened = Casework.text(
                        audits.call("GET", "/v1/exchanges/" + exchange).send());
                assertTrue(opened.contains("\"decision\""), opened);
                leaks.addAll(canaries.standingIn(opened));
            }
        }
        leaks.removeAll(ofTheCallersOwn);
        // Who is swept for his own sourceRef names it in his own query, which the journal keeps.
        leaks.removeIf("clue.sourceRef"::equals);
        assertEquals(List.of(), leaks);
    }

    /** After custody they know that there is a filing: neither whose nor of which day (domain, section 6). */
    @Test
    void ofUnitAndDayReachesNobodyWhoSeesTheFilingOnlyFromTheNoticeOn() {
        for (String target : List.of(
                filing.path(),
                "/v1/filings?matterId=" + filing.matter(),
                filing.matterPath(),
                filing.matterPath() + "/timeline")) {
            SignedAnswer answer = city.call(City.COPYRIGHT, "GET", target).send();
            assertEquals(200, answer.status(), target);
            // Whom the clue was handed to, it tells by itself; the matter lists him among its units.
            JsonNode answered = Casework.json(answer);
            if (answered instanceof ObjectNode matter) {
                matter.remove("units");
            }
            String text = answered.toString();
            assertTrue(text.contains(filing.id()), target);
            for (String tell : List.of("POLICE-421200", "公安局", "侦查", "2023-01-12")) {
                assertFalse(text.contains(tell), target + " tells " + tell + ": " + text);
            }
            assertFalse(entry(answer, filing.id()).has("recordedAt"), text);
        }
    }

    @Test
    void isWhatTheLogOfThisTestWouldHold() {
        String probe = Canaries.token();
        LOG.infof("a line about %s", probe);
        assertTrue(log.text().contains(probe));
    }

    private void sweep(Reader reader, List<String> leaks) {
        List<String> exchanges = new ArrayList<>();
        for (String target : targets()) {
            SignedAnswer answer = call(reader, "GET", target).send();
            leaks.addAll(canaries.leaks(reader, target, Canaries.whole(answer)));
            if (!target.contains("sourceRef")) {
                exchanges.add(answer.exchangeId());
            }
        }
        for (Piece piece : List.of(clue, scoped, filing)) {
            SignedAnswer explained = call(reader, "POST", "/v1/policy/explain")
                    .body(City.utf8("{\"kind\": \"" + piece.kind() + "\", \"recordId\": \"" + piece.id() + "\"}"))
                    .send();
            leaks.addAll(canaries.leaks(reader, "explain", Canaries.whole(explained)));
            SignedAnswer refused = call(reader, "POST", piece.path() + "/acts/close")
                    .idempotencyKey()
                    .ifMatch("\"AAAAAAAAAAAAAAAAAAAAAA\"")
                    .body(City.utf8("{}"))
                    .send();
            assertTrue(refused.status() >= 400, () -> "" + refused.status());
            leaks.addAll(canaries.leaks(reader, "a refused act", Canaries.whole(refused)));
            exchanges.add(refused.exchangeId());
            SignedAnswer touching = call(reader, "GET", "/v1/exchanges?scope=RECORDS&limit=100&recordId=" + piece.id())
                    .send();
            leaks.addAll(canaries.leaks(reader, "exchanges on it", Canaries.whole(touching)));
            List<String> ids = ids(Casework.text(touching));
            exchanges.addAll(ids.subList(0, Math.min(6, ids.size())));
            exchanges.addAll(ids.subList(Math.max(0, ids.size() - 3), ids.size()));
        }
        for (String exchange : Set.copyOf(exchanges)) {
            String opened = Canaries.whole(
                    call(reader, "GET", "/v1/exchanges/" + exchange).send());
            leaks.addAll(canaries.leaks(reader, "an opened exchange", opened));
        }
    }

    private List<String> targets() {
        List<String> targets = new ArrayList<>(List.of(
                "/v1/clues?limit=20&count=true",
                "/v1/filings?limit=20&count=true",
                "/v1/clues?sourceRef=" + sourceRef,
                "/v1/filings?sourceRef=" + sourceRef,
                "/v1/exchanges?limit=20",
                "/v1/exchanges?scope=RECORDS&limit=20",
                "/v1/policy"));
        for (Piece piece : List.of(clue, scoped, filing)) {
            targets.add(piece.path());
            targets.add(piece.path() + "/history");
            targets.add(piece.matterPath());
            targets.add(piece.matterPath() + "/timeline");
            targets.add("/v1/" + piece.kind() + "s?count=true&matterId=" + piece.matter());
        }
        return targets;
    }

    private Call call(Reader reader, String method, String target) {
        return reader.attended()
                ? city.call(reader.unit(), method, target)
                : city.unattended(reader.unit(), method, target);
    }

    private String metrics() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String metrics = http.send(
                            HttpRequest.newBuilder(city.base().resolve("/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertTrue(metrics.contains("/v1/clues/{id}"), "no metrics of the API");
            return metrics;
        }
    }

    private static List<String> ids(String list) {
        List<String> ids = new ArrayList<>();
        try {
            new ObjectMapper()
                    .readTree(list)
                    .path("items")
                    .forEach(item -> ids.add(item.get("id").asText()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return ids;
    }

    private static JsonNode entry(SignedAnswer answer, String id) {
        JsonNode view = Casework.json(answer);
        JsonNode items = view.has("items") ? view.get("items") : view.get("records");
        if (items == null) {
            return view;
        }
        for (JsonNode item : items) {
            if (item.get("id").asText().equals(id)) {
                return item;
            }
        }
        throw new AssertionError(id + " is not in " + view);
    }

    private Piece piece(SignedAnswer created) {
        assertEquals(201, created.status(), () -> Casework.text(created));
        JsonNode view = Casework.json(created);
        return new Piece(
                "clue",
                view.get("id").asText(),
                view.get("matterId").asText(),
                created.headers().firstValue("ETag").orElseThrow());
    }

    private String note(String field, Predicate<Reader> mayKnow, String more) {
        return "{\"noStateSecret\": true, \"note\": \"" + canaries.in(field, mayKnow) + "\"" + more + "}";
    }

    private String s(String field) {
        return canaries.in("clue." + field, SUMMARY);
    }

    private String f(String field) {
        return canaries.in("clue." + field, FULL);
    }

    private String o(String field) {
        return canaries.in("clue." + field, OWNER);
    }

    private String clueDraft() {
        return """
            {"sourceRef": "%s", "noStateSecret": true, "documentNumber": "%s",
             "occurred": {"time": "2023-01-03T00:00:00+08:00", "precision": "DAY"},
             "label": {"level": "INTERNAL", "basis": {"code": "INTERNAL_PROCESS", "text": "%s"}},
             "content": {"rightType": "TRADEMARK", "trigger": "SUSPICION", "source": "INSPECTION",
               "title": "%s", "facts": "%s", "place": "421200", "foundOn": "2023-01-03",
               "suspectedArticle": "CL_214",
               "goods": [{"name": "%s", "brand": "%s", "specification": "%s", "quantity": "%s", "unit": "CASE",
                 "value": "%s", "note": "%s"}],
               "amounts": [{"type": "GOODS_VALUE", "value": "%s", "unit": "CNY", "basis": "ESTIMATE"}],
               "participants": [
                 {"ref": "%s", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "张%s", "aliases": ["%s"],
                  "identifiers": [{"type": "PASSPORT", "value": "%s"}]},
                 {"ref": "M1", "type": "NATURAL_PERSON", "roles": ["WITNESS"], "name": "赵%s", "minor": true},
                 {"ref": "U1", "type": "UNIT", "roles": ["SUSPECT"], "name": "%s",
                  "identifiers": [{"type": "OTHER_REGISTRATION", "value": "%s"}]}],
               "rightHolders": [{"name": "%s", "type": "UNIT"}, {"name": "孙%s", "type": "NATURAL_PERSON"}],
               "registrationNumbers": [{"type": "TRADEMARK", "value": "%s"}],
               "flags": [{"code": "REPEAT", "reason": "%s"}],
               "informant": {"anonymous": false, "name": "%s", "contact": "%s", "confidential": true}}}
            """.formatted(
                        sourceRef,
                        s("documentNumber"),
                        o("label.basis"),
                        s("title"),
                        f("facts"),
                        f("goods.name"),
                        f("goods.brand"),
                        f("goods.specification"),
                        canaries.amountIn("clue.goods.quantity", FULL),
                        canaries.amountIn("clue.goods.value", FULL),
                        f("goods.note"),
                        canaries.amountIn("clue.amounts.value", SUMMARY),
                        f("participant.ref"),
                        f("participant.name"),
                        f("participant.alias"),
                        f("participant.identifier"),
                        f("minor.name"),
                        f("unit.name"),
                        f("unit.identifier"),
                        s("rightHolder.unit"),
                        f("rightHolder.person"),
                        s("registrationNumber"),
                        s("flag.reason"),
                        o("informant.name"),
                        o("informant.contact"));
    }

    /** A clue that its label keeps to the police; whom else it names is the owner's business. */
    private String scopedDraft() {
        Predicate<Reader> listed =
                reader -> Set.of(City.MSA, City.POLICE, City.PROC).contains(reader.unit());
        return """
            {"noStateSecret": true,
             "label": {"level": "INTERNAL", "basis": {"code": "INTERNAL_PROCESS", "text": "%s"},
               "scope": {"units": ["POLICE-421200", "%s"], "persons": ["%s"]}},
             "content": {"rightType": "TRADEMARK", "trigger": "SUSPICION", "source": "INSPECTION",
               "title": "%s", "facts": "%s", "place": "421200", "foundOn": "2023-01-03"}}
            """.formatted(
                        o("scoped.basis"),
                        o("scoped.units"),
                        o("scoped.persons"),
                        canaries.in("scoped.title", listed),
                        canaries.in(
                                "scoped.facts",
                                reader -> reader.unit().equals(City.MSA)
                                        || (reader.unit().equals(City.PROC) && reader.attended())));
    }

    private String filingDraft() {
        return """
            {"matterId": "%s", "sourceRef": "%s", "noStateSecret": true, "documentNumber": "%s",
             "label": {"level": "INTERNAL", "basis": {"code": "INTERNAL_PROCESS", "text": "%s"}},
             "content": {"filingType": "CRIMINAL", "charge": "CL_214", "filedOn": "2023-01-12",
               "reason": {"text": "%s"}, "caseNumber": "%s",
               "participants": [{"ref": "%s", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "张%s",
                 "identifiers": [{"type": "SELF_REPORTED", "value": "%s"}]}]}}
            """.formatted(
                        clue.matter(),
                        canaries.in("filing.sourceRef", FILING_OWNER),
                        canaries.in("filing.documentNumber", FILING_SUMMARY),
                        canaries.in("filing.label.basis", FILING_OWNER),
                        canaries.in("filing.reason", FILING_SUMMARY),
                        canaries.in("filing.caseNumber", FILING_SUMMARY),
                        canaries.in("filing.participant.ref", FILING_FULL),
                        canaries.in("filing.participant.name", FILING_FULL),
                        canaries.in("filing.participant.identifier", FILING_FULL));
    }
}
