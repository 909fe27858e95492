package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.agency.AdminAct;
import org.xietong.app.DemonstrationCity;
import org.xietong.client.OfficerName;
import org.xietong.client.PreparedRequest;
import org.xietong.client.Purpose;
import org.xietong.client.SignedClient;
import org.xietong.crypto.Digests;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Signer;
import org.xietong.testing.Administrators;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Race;
import org.xietong.testing.Registered;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;

/** Administration of the directory over the one road: who may do what, what needs a second person, and what follows. */
@QuarkusTest
@WithTestResource(CityResource.class)
class AdministrationTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private City city;
    private Stored stored;
    private Administrators admins;

    @BeforeEach
    void open() {
        city = City.current();
        stored = city.stored();
        admins = Administrators.of(city);
    }

    // ---- who

    /** Every start of an act by every role: what the table says passes the door, anybody else is refused alike. */
    @ParameterizedTest
    @CsvSource({
        "units,UNIT_REGISTER",
        "units/MED-1/amendment,UNIT_AMEND",
        "units/MED-1/suspension,UNIT_SUSPEND",
        "units/MED-1/resumption,UNIT_RESUME",
        "systems,SYSTEM_REGISTER",
        "systems/MED-1/amendment,SYSTEM_AMEND",
        "systems/MED-1/suspension,SYSTEM_SUSPEND",
        "systems/MED-1/resumption,SYSTEM_RESUME",
        "officers,OFFICER_REGISTER",
        "officers/MED-1/amendment,OFFICER_AMEND",
        "officers/MED-1/suspension,OFFICER_SUSPEND",
        "officers/MED-1/resumption,OFFICER_RESUME",
        "officers/MED-1/role-grant,ROLE_GRANT",
        "officers/MED-1/role-end,ROLE_END",
        "officers/MED-1/certificates,KEY_REGISTER",
        "certificates/MED-1/suspension,KEY_SUSPEND",
        "certificates/MED-1/resumption,KEY_RESUME",
        "certificates/MED-1/revocation,KEY_REVOKE"
    })
    void eachRoleStartsWhatTheTableGivesIt(String target, String act) {
        Set<String> starters =
                new HashSet<>(stored.texts("SELECT unnest(started_by) FROM xietong.admin_act WHERE act = ?", act));
        String body = body(act);
        String before = changes();
        for (String officer : List.of(Administrators.SYSTEM, Administrators.SECURITY, Administrators.AUDIT)) {
            Reply reply = admins.post(officer, target, body);
            if (starters.contains(role(officer))) {
                // past the door: the subject does not exist, or may not
                assertTrue(Set.of("NOT_FOUND", "INVALID_CONTENT").contains(reply.code()), reply.text());
            } else {
                reply.requireJournaledProblem(403, "FORBIDDEN");
                assertEquals(List.of("exchange-officer ROLE"), reply.faults());
            }
        }
        admins.send(admins.call(Administrators.UNIT + "-001", "POST", target)
                        .idempotencyKey()
                        .body(City.utf8(body)))
                .requireJournaledProblem(403, "FORBIDDEN");
        assertEquals(before, changes());
    }

    @Test
    void theTableKnowsEveryActAndNoOther() {
        assertEquals(
                new TreeSet<>(Arrays.stream(AdminAct.values()).map(Enum::name).toList()),
                new TreeSet<>(stored.texts("SELECT act FROM xietong.admin_act")));
    }

    @Test
    void nobodyActsWithoutHisOwnSignature() {
        admins.send(admins.unsigned("POST", "officers/" + City.MSA + "-001/suspension")
                        .idempotencyKey())
                .requireJournaledProblem(400, "OFFICER_REQUIRED");
        admins.send(admins.unsigned("POST", "officers/" + City.MSA + "-001/suspension")
                        .idempotencyKey()
                        .officer(new OfficerName(Administrators.SECURITY, Administrators.UNIT, "ukey")))
                .requireJournaledProblem(403, "OFFICER_SIGNATURE_REQUIRED");
        assertEquals("t", active("officer", City.MSA + "-001"));
    }

    @Test
    void aCaseSystemIsNoConsole() {
        for (String target : List.of("/v1/admin/units", "/v1/admin/changes", "/v1/admin/certificates")) {
            PreparedRequest request = city.client(Administrators.UNIT)
                    .call("GET", target)
                    .purpose(Purpose.of("administration"))
                    .officer(
                            new OfficerName(Administrators.SECURITY, Administrators.UNIT, "ukey"),
                            city.keys().officer(Administrators.SECURITY))
                    .prepare();
            city.wire().send(request).requireJournaledProblem(403, "FORBIDDEN");
        }
    }

    // ---- the second person

    @Test
    void whatWidensTakesEffectWithTheSecondPersonOnly() {
        String id = freshOfficer();
        JsonNode proposal = admins.proposed("officers", officer(id));
        assertEquals("PROPOSED", proposal.get("state").asText());
        assertEquals("", active("officer", id));
        refused(Administrators.SYSTEM, proposal, 403, "FORBIDDEN", "exchange-officer ROLE");
        refused(Administrators.AUDIT, proposal, 403, "FORBIDDEN", "exchange-officer ROLE");
        assertEquals("", active("officer", id));
        JsonNode approved = admins.decide(Administrators.SECURITY, "approval", proposal)
                .requireStatus(200)
                .json();
        assertEquals(Administrators.SECURITY, approved.get("decidedBy").asText());
        assertEquals("t", active("officer", id));
    }

    @Test
    void nobodyApprovesHisOwn() {
        String id = freshOfficer();
        JsonNode own = admins.post(Administrators.SECURITY, "officers", officer(id))
                .requireStatus(201)
                .json();
        refused(Administrators.SECURITY, own, 403, "FORBIDDEN", "exchange-officer SECOND_PERSON");
        assertEquals("", active("officer", id));
    }

    @Test
    void anApprovalBindsToTheDigestOfWhatWasProposed() {
        String id = freshOfficer();
        JsonNode one = admins.proposed("officers", officer(id));
        JsonNode other = admins.proposed("officers", officer(freshOfficer()));
        assertEquals(
                Digests.hex(Digests.sha256(one.get("content").asText().getBytes(StandardCharsets.UTF_8))),
                one.get("digest").asText());
        Reply reply = admins.post(
                Administrators.SECURITY,
                "changes/" + one.get("id").asText() + "/approval",
                Administrators.decision(other));
        reply.requireJournaledProblem(409, "STATE_CONFLICT");
        assertEquals(List.of("id DIGEST"), reply.faults());
        assertEquals("", active("officer", id));
    }

    @Test
    void aProposalIsNeverAltered() {
        JsonNode proposal = admins.proposed("officers", officer(freshOfficer()));
        String id = proposal.get("id").asText();
        for (String sql : List.of(
                "UPDATE xietong.directory_change SET content = replace(content, '某某', '甲') WHERE id = '" + id + "'",
                "UPDATE xietong.directory_change SET expires_at = expires_at + interval '1 day' WHERE id = '" + id
                        + "'",
                "DELETE FROM xietong.directory_change WHERE id = '" + id + "'",
                "UPDATE xietong.admin_act SET approved_by = started_by")) {
            assertThrows(IllegalStateException.class, () -> stored.execute(sql), sql);
        }
    }

    @Test
    void aReplayedOrRepeatedApprovalDoesNothing() {
        String id = freshOfficer();
        JsonNode proposal = admins.proposed("officers", officer(id));
        PreparedRequest approval = admins.call(
                        Administrators.SECURITY,
                        "POST",
                        "changes/" + proposal.get("id").asText() + "/approval")
                .idempotencyKey("approve-" + id)
                .body(City.utf8(Administrators.decision(proposal)))
                .prepare();
        city.wire().send(approval).requireStatus(200);
        city.wire().send(approval).requireJournaledProblem(409, "REPLAYED");
        Reply repeated = admins.send(admins.call(
                        Administrators.SECURITY,
                        "POST",
                        "changes/" + proposal.get("id").asText() + "/approval")
                .idempotencyKey("approve-" + id)
                .body(City.utf8(Administrators.decision(proposal))));
        repeated.requireStatus(200);
        assertTrue(repeated.json().get("repeated").asBoolean());
        assertFalse(repeated.json().has("content"));
        refused(Administrators.SECURITY, proposal, 409, "STATE_CONFLICT", "id DECIDED");
    }

    @Test
    void ofRacingApprovalsExactlyOneTakesEffect() {
        String id = freshOfficer();
        JsonNode proposal = admins.proposed("officers", officer(id));
        List<PreparedRequest> requests = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            requests.add(admins.call(
                            Administrators.SECURITY,
                            "POST",
                            "changes/" + proposal.get("id").asText() + "/approval")
                    .idempotencyKey()
                    .body(City.utf8(Administrators.decision(proposal)))
                    .prepare());
        }
        List<Integer> statuses = Race.run(requests.stream()
                .<Callable<Integer>>map(
                        request -> () -> city.wire().send(request).status())
                .toList());
        assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
        assertEquals(5, statuses.stream().filter(status -> status == 409).count(), statuses.toString());
        assertEquals(1, stored.number("SELECT count(*) FROM xietong.officer WHERE id = ?", id));
    }

    @Test
    void aProposalExpires() {
        String id = freshOfficer();
        JsonNode proposal = admins.proposed("officers", officer(id));
        String change = proposal.get("id").asText();
        stored.execute(
                "ALTER TABLE xietong.directory_change DISABLE TRIGGER decided_once",
                "UPDATE xietong.directory_change SET proposed_at = proposed_at - interval '8 days',"
                        + " expires_at = expires_at - interval '8 days' WHERE id = '" + change + "'",
                "ALTER TABLE xietong.directory_change ENABLE TRIGGER decided_once");
        refused(Administrators.SECURITY, proposal, 409, "STATE_CONFLICT", "id EXPIRED");
        assertEquals("", active("officer", id));
        assertEquals(
                "EXPIRED",
                admins.read(Administrators.AUDIT, "changes/" + change)
                        .requireStatus(200)
                        .json()
                        .get("state")
                        .asText());
    }

    @Test
    void aRefusedOrWithdrawnProposalIsOver() {
        JsonNode refused = admins.proposed("officers", officer(freshOfficer()));
        assertEquals(
                "REFUSED",
                admins.decide(Administrators.SECURITY, "refusal", refused)
                        .requireStatus(200)
                        .json()
                        .get("state")
                        .asText());
        refused(Administrators.SECURITY, refused, 409, "STATE_CONFLICT", "id DECIDED");
        JsonNode withdrawn = admins.proposed("officers", officer(freshOfficer()));
        admins.decide(Administrators.SECURITY, "withdrawal", withdrawn).requireJournaledProblem(403, "FORBIDDEN");
        admins.decide(Administrators.SYSTEM, "withdrawal", withdrawn).requireStatus(200);
        refused(Administrators.SECURITY, withdrawn, 409, "STATE_CONFLICT", "id DECIDED");
    }

    @Test
    void whatTheDirectoryNoLongerAllowsIsNotApproved() {
        String id = freshOfficer();
        JsonNode first = admins.proposed("officers", officer(id));
        JsonNode second = admins.proposed("officers", officer(id));
        admins.decide(Administrators.SECURITY, "approval", first).requireStatus(200);
        refused(Administrators.SECURITY, second, 409, "STATE_CONFLICT", "/id ALREADY_REGISTERED");
    }

    /** Two amendments state the whole unit; the later approval must not silently take back what the earlier one changed. */
    @Test
    void aProposalHoldsForTheStateThatItWasMadeForOnly() {
        String id = "MED-421200-" + word();
        admins.done("units", unit(id, "旧名", "秘书处 某某", false));
        JsonNode renamed = admins.proposed("units/" + id + "/amendment", unit(id, "新名", "秘书处 某某", false));
        JsonNode staffed = admins.proposed("units/" + id + "/amendment", unit(id, "旧名", "调解科 某某", false));
        admins.decide(Administrators.SECURITY, "approval", renamed).requireStatus(200);
        refused(Administrators.SECURITY, staffed, 409, "STATE_CONFLICT", "/digest OUTDATED");
        assertEquals("新名", stored.text("SELECT name FROM xietong.unit WHERE id = ?", id));
    }

    @Test
    void anIdThatIsNoneNamesNothing() {
        for (String target : List.of("units/%00", "officers/%27", "certificates/..%2F", "changes/x")) {
            admins.read(Administrators.AUDIT, target).requireJournaledProblem(404, "NOT_FOUND");
        }
        admins.post(Administrators.SYSTEM, "units/%00/suspension", "").requireJournaledProblem(404, "NOT_FOUND");
    }

    // ---- the three roles

    @Test
    void theRolesExcludeEachOther() {
        Reply reply = admins.post(
                Administrators.SYSTEM,
                "officers/" + Administrators.AUDIT + "/role-grant",
                "{\"role\": \"SECURITY_ADMIN\"}");
        reply.requireJournaledProblem(409, "STATE_CONFLICT");
        assertEquals(List.of("/role EXCLUDED"), reply.faults());
    }

    @Test
    void whoAdministersReadsNoCaseFromThenOn() throws IOException {
        String officer = City.MSA + "-" + number();
        Signer key = registered(officer, City.MSA);
        admitted(officer, key, City.MSA);
        admins.done("officers/" + officer + "/role-grant", "{\"role\": \"SYSTEM_ADMIN\"}");
        Stored.await(
                "refused within 5 s",
                LIMIT,
                () -> code(officer, key, "GET", "/v1/clues").equals("FORBIDDEN"));
        String clue = Registered.clue(city).path();
        for (String target : List.of(
                clue,
                clue + "/history",
                "/v1/clues/00000000-0000-7000-8000-000000000000",
                "/v1/clues?count=true",
                "/v1/filings",
                "/v1/exchanges",
                "/v1/matters/00000000-0000-7000-8000-000000000000/timeline")) {
            assertEquals("FORBIDDEN", code(officer, key, "GET", target), target);
            assertEquals(
                    "FORBIDDEN", city.wire().send(named(officer, "GET", target)).code(), target + " by name");
        }
        String cases = stored.cases();
        city.wire()
                .send(city.client(City.MSA)
                        .call("POST", "/v1/clues")
                        .purpose(Purpose.of("case-handling"))
                        .officer(new OfficerName(officer, City.MSA, "ukey"), key)
                        .idempotencyKey()
                        .body(City.utf8(Drafts.clue("")))
                        .prepare())
                .requireJournaledProblem(403, "FORBIDDEN");
        assertEquals(cases, stored.cases());
        assertEquals("", code(officer, key, "GET", "/v1/policy"));
        assertEquals(
                "SEPARATION_OF_DUTIES",
                stored.text(
                        "SELECT rule FROM xietong.exchange_index WHERE officer = ? AND outcome = 'DENY'"
                                + " ORDER BY time DESC LIMIT 1",
                        officer));
        admins.post(Administrators.SECURITY, "officers/" + officer + "/role-end", "")
                .requireStatus(200);
        Stored.await(
                "nobody, by one person",
                LIMIT,
                () -> code(officer, key, "GET", "/v1/clues").equals("OFFICER_UNKNOWN"));
        admins.done("officers/" + officer + "/resumption", "");
        Stored.await(
                "a case officer again, by two",
                LIMIT,
                () -> code(officer, key, "GET", "/v1/clues").isEmpty());
    }

    @Test
    void theAuditAdministratorReadsTheJournalAndTheOthersDoNot() {
        assertEquals("", atCaseSystem(Administrators.AUDIT, "audit", "/v1/exchanges?limit=5"));
        assertEquals("FORBIDDEN", atCaseSystem(Administrators.AUDIT, "audit", "/v1/clues"));
        assertEquals("FORBIDDEN", atCaseSystem(Administrators.SYSTEM, "audit", "/v1/exchanges"));
        assertEquals("FORBIDDEN", atCaseSystem(Administrators.SECURITY, "audit", "/v1/exchanges"));
    }

    @Test
    void aConsoleReadsNoCaseWhoeverSitsThere() {
        for (String target : List.of("/v1/clues", "/v1/filings", "/v1/exchanges")) {
            PreparedRequest unattended = SignedClient.at(
                            city.base(),
                            DemonstrationCity.AUTHORITY,
                            city.keys().console(),
                            city.keys().platformCertificates())
                    .call("GET", target)
                    .purpose(Purpose.of("case-handling"))
                    .prepare();
            city.wire().send(unattended).requireJournaledProblem(403, "FORBIDDEN");
        }
    }

    // ---- narrowing

    @Test
    void whoIsSuspendedStopsWithinFiveSecondsAndResumesByTwoPersons() throws IOException {
        String officer = City.COPYRIGHT + "-" + number();
        Signer key = registered(officer, City.COPYRIGHT);
        admitted(officer, key, City.COPYRIGHT);
        JsonNode suspended = admins.post(Administrators.SYSTEM, "officers/" + officer + "/suspension", "")
                .requireStatus(200)
                .json();
        assertEquals("APPLIED", suspended.get("state").asText());
        Stored.await(
                "refused", LIMIT, () -> code(officer, key, "GET", "/v1/clues").equals("OFFICER_UNKNOWN"));
        Reply again = admins.post(Administrators.SYSTEM, "officers/" + officer + "/suspension", "");
        again.requireJournaledProblem(409, "STATE_CONFLICT");
        assertEquals(List.of("id NO_EFFECT"), again.faults());
        JsonNode resumption = admins.proposed("officers/" + officer + "/resumption", "");
        assertEquals("f", active("officer", officer));
        admins.decide(Administrators.SECURITY, "approval", resumption).requireStatus(200);
        admitted(officer, key, City.COPYRIGHT);
    }

    @Test
    void aRevokedKeyNeverComesBack() throws IOException {
        String officer = City.COPYRIGHT + "-" + number();
        Signer key = registered(officer, City.COPYRIGHT);
        admitted(officer, key, City.COPYRIGHT);
        String path = "certificates/" + key.keyId();
        admins.post(Administrators.SYSTEM, path + "/revocation", "").requireJournaledProblem(403, "FORBIDDEN");
        admins.post(Administrators.SECURITY, path + "/revocation", "").requireStatus(200);
        Stored.await(
                "refused", LIMIT, () -> code(officer, key, "GET", "/v1/clues").equals("OFFICER_SIGNATURE_INVALID"));
        admins.post(Administrators.SYSTEM, path + "/resumption", "").requireJournaledProblem(409, "STATE_CONFLICT");
        assertTrue(admins.read(Administrators.AUDIT, path).json().has("revokedAt"));
    }

    @Test
    void theLastAdministratorsStay() {
        String console = Administrators.UNIT + "-console";
        for (String target : List.of(
                "officers/" + Administrators.SECURITY + "/suspension",
                "officers/" + Administrators.SYSTEM + "/suspension",
                "officers/" + Administrators.AUDIT + "/suspension",
                "officers/" + Administrators.SECURITY + "/role-end",
                "officers/" + Administrators.AUDIT + "/role-end",
                "certificates/" + city.keys().officer(Administrators.SECURITY).keyId() + "/suspension",
                "certificates/" + city.keys().officer(Administrators.SECURITY).keyId() + "/revocation",
                "systems/" + console + "/suspension",
                "certificates/" + city.keys().console().keyId() + "/suspension",
                "units/" + Administrators.UNIT + "/suspension")) {
            Reply reply = admins.post(Administrators.SECURITY, target, "");
            reply.requireJournaledProblem(409, "STATE_CONFLICT");
            assertEquals(List.of("id LAST_ADMINISTRATOR"), reply.faults(), target);
        }
    }

    @Test
    void anAdministratorWhoseRoleEndsStopsAtOnceAndHisProposalsWithHim() throws IOException {
        String officer = Administrators.UNIT + "-" + number();
        admins.knows(officer, registered(officer, Administrators.UNIT));
        admins.done("officers/" + officer + "/role-grant", "{\"role\": \"SYSTEM_ADMIN\"}");
        Stored.await(
                "he administers", LIMIT, () -> admins.read(officer, "units").status() == 200);
        String wanted = freshOfficer();
        JsonNode proposal = admins.post(officer, "officers", officer(wanted))
                .requireStatus(201)
                .json();
        admins.post(Administrators.SECURITY, "officers/" + officer + "/role-end", "")
                .requireStatus(200);
        String before = changes();
        Reply after = admins.post(officer, "officers", officer(freshOfficer()));
        // by the database at once, by the directory in memory once it knows
        assertTrue(Set.of("FORBIDDEN", "OFFICER_UNKNOWN").contains(after.code()), after.text());
        assertEquals(before, changes());
        refused(Administrators.SECURITY, proposal, 409, "STATE_CONFLICT", "id PROPOSER");
        assertEquals("", active("officer", wanted));
    }

    // ---- keys

    @Test
    void aKeyRotatesWithOverlapUnderUse() throws IOException {
        String officer = City.COPYRIGHT + "-" + number();
        Signer old = registered(officer, City.COPYRIGHT);
        admitted(officer, old, City.COPYRIGHT);
        KeyFile fresh = city.keys().issue(KeyAlgorithm.P256, officer);
        Instant until = Instant.now().plusSeconds(6);
        admins.done(
                "officers/" + officer + "/certificates",
                "{\"certificate\": %s, \"replaces\": \"%s\", \"overlapUntil\": \"%s\"}"
                        .formatted(
                                JSON.writeValueAsString(Pem.ofCertificate(fresh.certificate())),
                                old.keyId(),
                                until.atOffset(ZoneOffset.ofHours(8))));
        boolean both = false;
        while (Instant.now().isBefore(until.minusMillis(500))) {
            String oldCode = code(officer, old, "GET", "/v1/clues");
            assertEquals("", oldCode, "the old key works through the overlap");
            both |= code(officer, fresh.signer(), "GET", "/v1/clues").isEmpty();
        }
        assertTrue(both, "the new key works beside the old one");
        Stored.await(
                "the old key ends",
                LIMIT,
                () -> code(officer, old, "GET", "/v1/clues").equals("OFFICER_SIGNATURE_INVALID"));
        assertEquals("", code(officer, fresh.signer(), "GET", "/v1/clues"));
    }

    @Test
    void aCertificateMustPassTheRulesOfTheFile() throws IOException {
        String target = "officers/" + City.MSA + "-001/certificates";
        KeyFile own = KeyFile.generate(
                KeyAlgorithm.SM2,
                "某某",
                Instant.now().minusSeconds(60),
                Instant.now().plusSeconds(600));
        refusedContent(target, own, "/certificate UNKNOWN_ISSUER");
        KeyFile issued = city.keys().issue(KeyAlgorithm.SM2, "某某");
        admins.done(target, certificate(issued));
        refusedContent("officers/" + City.MSA + "-002/certificates", issued, "/certificate KEY_OF_ANOTHER_HOLDER");
        admins.post(Administrators.SYSTEM, target, certificate(issued)).requireJournaledProblem(409, "STATE_CONFLICT");
        Reply text = admins.post(Administrators.SYSTEM, target, "{\"certificate\": \"x\"}");
        text.requireJournaledProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/certificate FORMAT"), text.faults());
    }

    // ---- units

    @Test
    void aUnitWithoutResponsiblePersonIsNotActivated() {
        String id = "MED-421200-" + word();
        Reply reply = admins.post(Administrators.SYSTEM, "units", unit(id, "调解委员会", "", false));
        reply.requireJournaledProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/responsible REQUIRED"), reply.faults());
        admins.done("units", unit(id, "调解委员会", "", true));
        assertEquals("f", active("unit", id));
        Reply resumption = admins.post(Administrators.SYSTEM, "units/" + id + "/resumption", "");
        resumption.requireJournaledProblem(409, "STATE_CONFLICT");
        assertEquals(List.of("/responsible REQUIRED"), resumption.faults());
        admins.done(
                "units/" + id + "/amendment", unit(id, "调解委员会", "秘书处 某某", true).replace(", \"suspended\": true", ""));
        admins.done("units/" + id + "/resumption", "");
        assertEquals("t", active("unit", id));
    }

    @Test
    void aUnitKeepsItsFormerNames() {
        String id = "MED-421200-" + word();
        admins.done(
                "units",
                unit(id, "旧名", "秘书处 某某", false)
                        .replace(
                                "}",
                                ", \"formerNames\":"
                                        + " [{\"name\": \"更旧名\", \"validFrom\": \"2001-01-01\", \"validTo\": \"2010-12-31\"}]}"));
        admins.done("units/" + id + "/amendment", unit(id, "新名", "秘书处 某某", false));
        JsonNode unit = admins.read(Administrators.AUDIT, "units/" + id)
                .requireStatus(200)
                .json();
        assertEquals("新名", unit.get("name").asText());
        assertEquals(List.of("更旧名", "旧名"), unit.get("formerNames").findValuesAsText("name"));
        assertEquals("2010-12-31T16:00:00Z", unit.at("/formerNames/0/validTo").asText());
        Reply future = admins.post(
                Administrators.SYSTEM,
                "units/" + id + "/amendment",
                unit(id, "新名", "某某", false)
                        .replace("}", ", \"formerNames\": [{\"name\": \"x\", \"validTo\": \"2999-01-01\"}]}"));
        assertEquals(List.of("/formerNames/0/validTo DATE"), future.faults());
    }

    @Test
    void namesEveryFaultByPointer() {
        Reply reply = admins.post(
                Administrators.SYSTEM,
                "units",
                "{\"id\": \"MSA-421200-x\", \"agency\": \"CUSTOMS\", \"division\": \"42\", \"name\": \"x\","
                        + " \"parent\": \"NOBODY\", \"responsible\": \"某某\", \"telephone\": \"-\"}");
        reply.requireJournaledProblem(422, "INVALID_CONTENT");
        assertEquals(
                new TreeSet<>(List.of(
                        "/agency UNKNOWN_CODE",
                        "/division FORMAT",
                        "/id FORMAT",
                        "/parent UNKNOWN",
                        "/telephone REQUIRED")),
                new TreeSet<>(reply.faults()));
    }

    // ---- reading and the journal

    @Test
    void everyListIsPagedByItsKey() {
        admins.proposed("officers", officer(freshOfficer()));
        admins.proposed("officers", officer(freshOfficer()));
        for (String list : List.of("units", "systems", "officers", "certificates", "changes")) {
            List<String> walked = new ArrayList<>();
            String after = "";
            do {
                JsonNode page = admins.read(Administrators.AUDIT, list + "?limit=3" + after)
                        .requireStatus(200)
                        .json();
                page.get("items")
                        .forEach(item -> walked.add(
                                item.path(item.has("keyId") ? "keyId" : "id").asText()));
                after = page.has("next") ? "&after=" + page.get("next").asText() : "";
            } while (!after.isEmpty());
            assertEquals(walked.size(), new HashSet<>(walked).size(), list);
            assertTrue(walked.size() > 1, list);
            admins.read(Administrators.AUDIT, list + "?after=***").requireJournaledProblem(422, "INVALID_CURSOR");
        }
        assertEquals(
                8,
                admins.read(Administrators.SYSTEM, "agencies")
                        .requireStatus(200)
                        .json()
                        .get("items")
                        .size());
    }

    @Test
    void proposalAndApprovalAreJournaledWithWhatTheyChanged() throws IOException {
        JsonNode approved = admins.done("officers", officer(freshOfficer()));
        TreeMap<String, String> actions = new TreeMap<>();
        for (String exchange :
                List.of(approved.get("id").asText(), approved.get("decidedIn").asText())) {
            JsonNode changed = JSON.readTree(stored.bytes(
                    "SELECT bytes FROM xietong.journal_part WHERE name = 'changed' AND entry_id = ?::uuid", exchange));
            assertEquals(
                    approved.get("digest").asText(),
                    changed.get("contentDigest").asText());
            assertEquals(approved.get("id").asText(), changed.get("id").asText());
            JsonNode request = JSON.readTree(stored.bytes(
                    "SELECT bytes FROM xietong.journal_part WHERE name = 'request' AND entry_id = ?::uuid", exchange));
            assertEquals(2, request.get("signatures").size());
            actions.put(
                    changed.get("action").asText(),
                    stored.text("SELECT officer FROM xietong.exchange_index WHERE id = ?::uuid", exchange));
        }
        assertEquals(Administrators.SYSTEM, actions.get("OFFICER_REGISTER/PROPOSED"));
        assertEquals(Administrators.SECURITY, actions.get("OFFICER_REGISTER/APPROVED"));
    }

    // ----

    private static String body(String act) {
        return switch (act) {
            case "UNIT_REGISTER", "UNIT_AMEND" -> unit("MED-1", "x", "某某", false);
            case "SYSTEM_REGISTER", "SYSTEM_AMEND" ->
                "{\"id\": \"MED-1\", \"unit\": \"MED-1\", \"name\": \"x\", \"roles\": [\"CASE_SYSTEM\"]}";
            case "OFFICER_REGISTER", "OFFICER_AMEND" -> officer("MED-1");
            case "ROLE_GRANT" -> "{\"role\": \"AUDIT_ADMIN\"}";
            case "KEY_REGISTER" -> "{\"certificate\": \"x\"}";
            default -> "";
        };
    }

    private static String role(String officer) {
        return officer.equals(Administrators.SYSTEM)
                ? "SYSTEM_ADMIN"
                : officer.equals(Administrators.SECURITY) ? "SECURITY_ADMIN" : "AUDIT_ADMIN";
    }

    private void refused(String officer, JsonNode proposal, int status, String code, String fault) {
        Reply reply = admins.decide(officer, "approval", proposal);
        reply.requireJournaledProblem(status, code);
        assertEquals(List.of(fault), reply.faults());
    }

    private void refusedContent(String target, KeyFile key, String fault) throws IOException {
        Reply reply = admins.post(Administrators.SYSTEM, target, certificate(key));
        reply.requireJournaledProblem(422, "INVALID_CONTENT");
        assertEquals(List.of(fault), reply.faults());
    }

    /** An officer with a key of his own, registered by API. */
    private Signer registered(String officer, String unit) throws IOException {
        admins.done("officers", officer(officer, unit));
        KeyFile key = city.keys().issue(unit.startsWith("COPYRIGHT") ? KeyAlgorithm.P256 : KeyAlgorithm.SM2, officer);
        admins.done("officers/" + officer + "/certificates", certificate(key));
        return key.signer();
    }

    private static String certificate(KeyFile key) throws IOException {
        return "{\"certificate\": " + JSON.writeValueAsString(Pem.ofCertificate(key.certificate())) + "}";
    }

    private void admitted(String officer, Signer key, String unit) {
        Stored.await(
                "admitted in " + unit,
                LIMIT,
                () -> code(officer, key, "GET", "/v1/clues").isEmpty());
    }

    /** The problem of a call that the officer signs with this key; "" if it went well. */
    private String code(String officer, Signer key, String method, String target) {
        String unit = officer.substring(0, officer.lastIndexOf('-'));
        return city.wire()
                .send(city.client(unit)
                        .call(method, target)
                        .purpose(Purpose.of("case-handling"))
                        .officer(new OfficerName(officer, unit, "ukey"), key)
                        .prepare())
                .code();
    }

    private PreparedRequest named(String officer, String method, String target) {
        String unit = officer.substring(0, officer.lastIndexOf('-'));
        return city.client(unit)
                .call(method, target)
                .purpose(Purpose.of("case-handling"))
                .officer(new OfficerName(officer, unit, "ukey"))
                .prepare();
    }

    private String atCaseSystem(String officer, String purpose, String target) {
        return city.wire()
                .send(city.client(Administrators.UNIT)
                        .call("GET", target)
                        .purpose(Purpose.of(purpose))
                        .officer(
                                new OfficerName(officer, Administrators.UNIT, "ukey"),
                                city.keys().officer(officer))
                        .prepare())
                .code();
    }

    private String active(String table, String id) {
        return stored.text("SELECT active FROM xietong." + table + " WHERE id = ?", id);
    }

    private String changes() {
        return stored.text("SELECT count(*) || ' ' || count(decision) FROM xietong.directory_change");
    }

    private static String freshOfficer() {
        return City.MSA + "-" + number();
    }

    private static String officer(String id) {
        return officer(id, City.MSA);
    }

    private static String officer(String id, String unit) {
        return "{\"id\": \"%s\", \"unit\": \"%s\", \"name\": \"某某\", \"title\": \"执法人员\"}".formatted(id, unit);
    }

    private static String unit(String id, String name, String responsible, boolean suspended) {
        return ("{\"id\": \"%s\", \"agency\": \"MED\", \"division\": \"421200\", \"name\": \"%s\","
                        + " \"responsible\": \"%s\", \"telephone\": \"0715-0000000\"%s}")
                .formatted(id, name, responsible, suspended ? ", \"suspended\": true" : "");
    }

    private static String number() {
        return String.valueOf(ThreadLocalRandom.current().nextInt(100_000, 999_999_999));
    }

    private static String word() {
        return "m" + number();
    }
}
