package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.app.DemonstrationCity;
import org.xietong.client.Call;
import org.xietong.client.OfficerName;
import org.xietong.client.Purpose;
import org.xietong.client.SignedClient;
import org.xietong.client.TokenRefusedException;
import org.xietong.client.UntrustedAnswerException;
import org.xietong.crypto.DemonstrationAuthority;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Signer;
import org.xietong.testing.Administrators;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.OpenApiContract;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;

/** What an administrator alone, or who once was one, tries in order to see or to widen something. */
@QuarkusTest
@WithTestResource(CityResource.class)
class AdministrationAttackTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOWHERE = "00000000-0000-7000-8000-000000000000";

    private City city;
    private Stored stored;
    private Administrators admins;

    @BeforeEach
    void open() {
        city = City.current();
        stored = city.stored();
        admins = Administrators.of(city);
    }

    // ---- reading cases

    /** Every operation of the committed document, so that a new one is closed to administrators until it is listed. */
    @Test
    void whoHoldsARoleIsShutOutOfEveryOperationThatIsNotListed() throws IOException {
        String officer = City.MSA + "-" + number();
        Signer key = registered(officer, City.MSA).signer();
        admins.done("officers/" + officer + "/role-grant", "{\"role\": \"SYSTEM_ADMIN\"}");
        OfficerName name = new OfficerName(officer, City.MSA, "ukey");
        Stored.await(
                "an administrator",
                LIMIT,
                () -> code(name, key, "GET", "/v1/clues").equals("FORBIDDEN"));
        TreeSet<String> open = new TreeSet<>();
        List<String> tried = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : paths().properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (!Set.of("get", "put", "post", "patch", "delete").contains(operation.getKey())) {
                    continue;
                }
                String method = operation.getKey().toUpperCase(Locale.ROOT);
                tried.add(method + " " + path.getKey());
                if (path.getKey().startsWith("/log/") && isForEverybody(operation.getValue())) {
                    continue;
                }
                if (!answers(method, path.getKey(), operation.getValue(), name, key)
                        .equals("FORBIDDEN")) {
                    open.add(method + " " + path.getKey());
                }
            }
        }
        assertTrue(tried.size() > 150, "the document was read: " + tried.size());
        assertEquals(
                new TreeSet<>(List.of("GET /v1/codes", "GET /v1/codes/{list}", "GET /v1/policy", "POST /v1/token")),
                open);
        admins.post(Administrators.SECURITY, "officers/" + officer + "/role-end", "")
                .requireStatus(200);
    }

    @Test
    void theEndOfARoleByOnePersonGivesNoCaseOfficerBack() throws IOException {
        String officer = City.MSA + "-" + number();
        Signer key = registered(officer, City.MSA).signer();
        admins.done("officers/" + officer + "/role-grant", "{\"role\": \"SECURITY_ADMIN\"}");
        admins.post(Administrators.SECURITY, "officers/" + officer + "/role-end", "")
                .requireStatus(200);
        assertEquals("f", stored.text("SELECT active FROM xietong.officer WHERE id = ?", officer));
        OfficerName name = new OfficerName(officer, City.MSA, "ukey");
        Stored.await(
                "nobody any more",
                LIMIT,
                () -> code(name, key, "GET", "/v1/clues").equals("OFFICER_UNKNOWN"));
        admins.done("officers/" + officer + "/resumption", "");
        Stored.await(
                "a case officer, by two persons",
                LIMIT,
                () -> code(name, key, "GET", "/v1/clues").isEmpty());
    }

    /** Its token still says CASE_SYSTEM, the directory ADMINISTRATION: what both give is nothing. */
    @Test
    void aTokenOfEarlierDaysGivesAConsoleNoCase() throws IOException {
        String system = City.MSA + "-c" + number();
        admins.done("systems", system(system, "CASE_SYSTEM"));
        KeyFile key = city.keys().issue(KeyAlgorithm.SM2, system);
        admins.done("systems/" + system + "/certificates", certificate(key));
        SignedClient client = SignedClient.at(
                city.base(),
                DemonstrationCity.AUTHORITY,
                key.signer(),
                city.keys().platformCertificates());
        Stored.await("a case system", LIMIT, () -> status(client) == 200);
        admins.done("systems/" + system + "/amendment", system(system, "ADMINISTRATION"));
        Stored.await("a console, which reads no case", LIMIT, () -> status(client) == 403);
        admins.post(Administrators.SYSTEM, "systems/" + system + "/suspension", "")
                .requireStatus(200);
    }

    // ---- keys

    @Test
    void aStoppedPrivateKeyDoesNotComeBackUnderARenewedCertificate() throws IOException {
        String officer = City.MSA + "-" + number();
        KeyFile key = registered(officer, City.MSA);
        admins.post(Administrators.SECURITY, "certificates/" + key.signer().keyId() + "/revocation", "")
                .requireStatus(200);
        Reply renewed =
                admins.post(Administrators.SYSTEM, "officers/" + officer + "/certificates", certificate(renewed(key)));
        renewed.requireJournaledProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/certificate KEY_STOPPED"), renewed.faults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspension", "revocation"})
    void aPrivateKeyStopsUnderAllItsCertificates(String act) throws IOException {
        String officer = City.MSA + "-" + number();
        KeyFile key = registered(officer, City.MSA);
        KeyFile renewed = renewed(key);
        admins.done("officers/" + officer + "/certificates", certificate(renewed));
        admins.post(Administrators.SECURITY, "certificates/" + key.signer().keyId() + "/" + act, "")
                .requireStatus(200);
        assertEquals(
                List.of("f", "f"),
                stored.texts("SELECT active FROM xietong.registered_key WHERE officer = ?", officer));
        assertEquals(
                act.equals("revocation") ? 2 : 0,
                stored.number("SELECT count(revoked_at) FROM xietong.registered_key WHERE officer = ?", officer));
    }

    /** Proposed while it was free; the approval finds it taken. */
    @Test
    void oneKeyIsNeverTwoPersonsThoughBothProposalsWereSound() throws IOException {
        String one = City.MSA + "-" + number();
        String other = City.MSA + "-" + number();
        admins.done("officers", officer(one, City.MSA));
        admins.done("officers", officer(other, City.MSA));
        KeyFile key = city.keys().issue(KeyAlgorithm.SM2, "某某");
        JsonNode first = admins.proposed("officers/" + one + "/certificates", certificate(key));
        JsonNode second = admins.proposed("officers/" + other + "/certificates", certificate(renewed(key)));
        admins.decide(Administrators.SECURITY, "approval", first).requireStatus(200);
        Reply refused = admins.decide(Administrators.SECURITY, "approval", second);
        refused.requireJournaledProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/certificate KEY_OF_ANOTHER_HOLDER"), refused.faults());
    }

    /** Approved too late, a rotation would end the old key before anybody had the new one. */
    @Test
    void aRotationIsNotApprovedOnceItsOverlapIsOver() throws IOException {
        String officer = City.MSA + "-" + number();
        KeyFile old = registered(officer, City.MSA);
        Instant until = Instant.now().plusSeconds(3);
        JsonNode proposal = admins.proposed(
                "officers/" + officer + "/certificates",
                certificate(city.keys().issue(KeyAlgorithm.SM2, officer))
                        .replace(
                                "}",
                                ", \"replaces\": \"%s\", \"overlapUntil\": \"%s\"}"
                                        .formatted(old.signer().keyId(), until)));
        Stored.await("over", LIMIT, () -> Instant.now().isAfter(until));
        Reply late = admins.decide(Administrators.SECURITY, "approval", proposal);
        late.requireJournaledProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/overlapUntil DATE"), late.faults());
        assertEquals(
                1,
                stored.number(
                        "SELECT count(*) FROM xietong.registered_key WHERE officer = ? AND valid_to > now()", officer));
    }

    // ---- agencies and their responsible persons

    /** The mediation committee: no other test of this class has units of it. */
    @Test
    void anAgencyTakesPartOnceAUnitWithAResponsiblePersonDoes() {
        assertFalse(takesPart("MED"));
        admins.done("units", unit("MED-421200", "", ", \"suspended\": true"));
        assertFalse(takesPart("MED"), "registered without a responsible person");
        admins.post(Administrators.SYSTEM, "units/MED-421200/resumption", "")
                .requireJournaledProblem(409, "STATE_CONFLICT");
        LocalDate tomorrow = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(1);
        admins.done(
                "units/MED-421200/amendment", unit("MED-421200", "秘书处 某某", ", \"validFrom\": \"" + tomorrow + "\""));
        admins.done("units/MED-421200/resumption", "");
        assertFalse(takesPart("MED"), "from tomorrow on");
        admins.done("units/MED-421200/amendment", unit("MED-421200", "秘书处 某某", ""));
        assertTrue(takesPart("MED"));
        Reply nobody = admins.post(
                Administrators.SYSTEM, "units/MED-421200/amendment", unit("MED-421200", "\u00a0\u3000", ""));
        nobody.requireJournaledProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/responsible REQUIRED"), nobody.faults(), "the last responsible person stays");
        Reply silent = admins.post(
                Administrators.SYSTEM,
                "units/MED-421200/amendment",
                unit("MED-421200", "秘书处 某某", "").replace("0715-0000000", "无"));
        silent.requireJournaledProblem(422, "INVALID_CONTENT");
        assertEquals(List.of("/telephone REQUIRED"), silent.faults(), "somebody can be rung");
        admins.done(
                "units/MED-421200/amendment",
                unit("MED-421200", "秘书处 某某", ", \"validTo\": \"" + tomorrow.minusDays(2) + "\""));
        assertFalse(takesPart("MED"), "until yesterday");
    }

    // ---- input

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"id\": \"MED-421200-x\", \"agency\": \"MED\", \"division\": \"421200\", \"name\": \"a\\u0000\"}",
                "{\"id\": \"MED-421200-x\", \"agency\": \"MED\", \"division\": \"421200\", \"name\": \"x\","
                        + " \"responsible\": \"某某\", \"validTo\": \"+300000-01-01\"}",
                "{\"id\": \"MED-421200-x\", \"agency\": \"MED\", \"division\": \"421200\", \"name\": \"x\","
                        + " \"responsible\": \"某某\", \"validFrom\": \"0001-01-01\"}",
                "{\"id\": \"MED-421200-x\", \"agency\": \"MED\", \"division\": \"421200\", \"name\": \"x\","
                        + " \"responsible\": \"某某\", \"formerNames\": [null]}",
                "{\"id\": \"MED-421200-x\", \"agency\": \"MED\", \"division\": \"421200\", \"name\": \"x\","
                        + " \"responsible\": \"某某\", \"active\": true}"
            })
    void aUnitThatCannotBeReadIsTheCallersFault(String body) {
        Reply reply = admins.post(Administrators.SYSTEM, "units", body);
        assertTrue(reply.status() == 400 || reply.status() == 422, reply.status() + " " + reply.text());
        reply.requireJournaledProblem(reply.status(), reply.code());
    }

    // ----

    private boolean takesPart(String agency) {
        for (JsonNode item : admins.read(Administrators.AUDIT, "agencies")
                .requireStatus(200)
                .json()
                .get("items")) {
            if (item.get("code").asText().equals(agency)) {
                return item.get("active").asBoolean();
            }
        }
        throw new AssertionError(agency);
    }

    private static JsonNode paths() throws IOException {
        return new YAMLMapper()
                .readTree(Files.readString(OpenApiContract.COMMITTED))
                .get("paths");
    }

    /** The problem that this operation ends in for the administrator who signs at a case system of his unit. */
    private String answers(String method, String path, JsonNode operation, OfficerName officer, Signer key) {
        Call call = city.client(City.MSA)
                .call(method, path.replaceAll("\\{[^}]*}", NOWHERE))
                .purpose(Purpose.of("case-handling"))
                .officer(officer, key);
        if (!method.equals("GET")) {
            call.ifMatch("\"x\"").idempotencyKey();
        }
        JsonNode content = operation.at("/requestBody/content");
        if (!content.isMissingNode()) {
            String type = content.fieldNames().next();
            call.contentType(type.startsWith("*") ? "application/octet-stream" : type)
                    .body(City.utf8("{}"));
        }
        return city.wire().send(call.prepare()).code();
    }

    private String code(OfficerName officer, Signer key, String method, String target) {
        return city.wire()
                .send(city.client(officer.unit())
                        .call(method, target)
                        .purpose(Purpose.of("case-handling"))
                        .officer(officer, key)
                        .prepare())
                .code();
    }

    private int status(SignedClient client) {
        try {
            return client.call("GET", "/v1/clues")
                    .purpose(Purpose.of("case-handling"))
                    .send()
                    .status();
        } catch (TokenRefusedException notYet) {
            return notYet.answer().status();
        } catch (UntrustedAnswerException unknown) {
            return unknown.answer().status();
        }
    }

    /** An officer with a key of his own, registered by API. */
    private KeyFile registered(String officer, String unit) throws IOException {
        admins.done("officers", officer(officer, unit));
        KeyFile key = city.keys().issue(KeyAlgorithm.SM2, officer);
        admins.done("officers/" + officer + "/certificates", certificate(key));
        return key;
    }

    /** Another certificate for the same private key, as an authority renews it. */
    private KeyFile renewed(KeyFile key) throws IOException {
        Path folder = city.keys().directoryFile().toAbsolutePath().getParent();
        char[] password = Files.readString(folder.resolve("password")).strip().toCharArray();
        Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(30);
        return key.withCertificate(DemonstrationAuthority.of(KeyFile.open(folder.resolve("root-gm.p12"), password))
                .issue(key.request(), from, from.plus(100, ChronoUnit.DAYS)));
    }

    private static String certificate(KeyFile key) throws IOException {
        return "{\"certificate\": " + JSON.writeValueAsString(Pem.ofCertificate(key.certificate())) + "}";
    }

    private static String officer(String id, String unit) {
        return "{\"id\": \"%s\", \"unit\": \"%s\", \"name\": \"某某\"}".formatted(id, unit);
    }

    private static String system(String id, String role) {
        return "{\"id\": \"%s\", \"unit\": \"%s\", \"name\": \"某系统\", \"roles\": [\"%s\"]}"
                .formatted(id, City.MSA, role);
    }

    private static String unit(String id, String responsible, String more) {
        return ("{\"id\": \"%s\", \"agency\": \"MED\", \"division\": \"421200\", \"name\": \"调解委员会\","
                        + " \"responsible\": \"%s\", \"telephone\": \"0715-0000000\"%s}")
                .formatted(id, responsible, more);
    }

    private static String number() {
        return String.valueOf(ThreadLocalRandom.current().nextInt(100_000, 999_999_999));
    }

    /** The public log asks nobody who he is: its operations demand no signature (OpenApiDocumentTest). */
    private static boolean isForEverybody(JsonNode operation) {
        return !operation.path("parameters").toString().contains("#/components/parameters/Signature\"");
    }
}
