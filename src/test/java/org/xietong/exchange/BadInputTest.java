package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.client.Call;
import org.xietong.client.OfficerName;
import org.xietong.client.PreparedRequest;
import org.xietong.client.Purpose;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Registered;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/**
 * Signed, but senseless: each request gets its problem with code and pointer, none gets back what it sent, and nothing
 * changes. What reached an authenticated caller is journaled.
 */
@QuarkusTest
@WithTestResource(CityResource.class)
class BadInputTest {
    /** Stands in every text that is sent; must stand in no answer. */
    private static final String ECHO = "回声甲乙丙";

    private static final ObjectMapper JSON = new ObjectMapper();

    private City city;
    private Stored stored;
    private Wire wire;
    private Registered clue;

    @BeforeEach
    void open() {
        city = City.current();
        stored = city.stored();
        wire = city.wire();
        clue = Registered.clue(city);
        city.client(City.POLICE).call("GET", "/v1/clues").prepare();
        city.client(City.AUD).call("GET", "/v1/clues").prepare();
    }

    // ---- bodies -----------------------------------------------------------------------------------------------------

    static Stream<Arguments> wrongBodies() {
        return Stream.of(
                body("an unknown field", c -> c.put("nonsense", ECHO), "UNKNOWN_FIELD", "/nonsense UNKNOWN_FIELD"),
                body("owner", c -> c.put("owner", City.POLICE), "UNKNOWN_FIELD", "/owner UNKNOWN_FIELD"),
                body("version", c -> c.put("version", 7), "UNKNOWN_FIELD", "/version UNKNOWN_FIELD"),
                body("id", c -> c.put("id", UUID.randomUUID().toString()), "UNKNOWN_FIELD", "/id UNKNOWN_FIELD"),
                body("kind", c -> c.put("kind", "filing"), "UNKNOWN_FIELD", "/kind UNKNOWN_FIELD"),
                body("recordedAt", c -> c.put("recordedAt", "x"), "UNKNOWN_FIELD", "/recordedAt UNKNOWN_FIELD"),
                body("meta", c -> c.putObject("meta"), "UNKNOWN_FIELD", "/meta UNKNOWN_FIELD"),
                body("a type name", c -> c.put("@class", "java.lang.Object"), "UNKNOWN_FIELD", " UNKNOWN_FIELD"),
                body("a value for a name", c -> c.put(ECHO, 1), "UNKNOWN_FIELD", " UNKNOWN_FIELD"),
                body(
                        "deep inside",
                        c -> participant(c).put("secret", 1),
                        "UNKNOWN_FIELD",
                        "/content/participants/0/secret UNKNOWN_FIELD"),
                body(
                        "markedBy",
                        c -> c.putObject("label").put("level", "INTERNAL").put("markedBy", "MSA-421200-002"),
                        "UNKNOWN_FIELD",
                        "/label/markedBy UNKNOWN_FIELD"),
                body("title a number", c -> content(c).put("title", 5), "INVALID_CONTENT", "/content/title TYPE"),
                body("goods an object", c -> content(c).putObject("goods"), "INVALID_CONTENT", "/content/goods TYPE"),
                body(
                        "participants a text",
                        c -> content(c).put("participants", ECHO),
                        "INVALID_CONTENT",
                        "/content/participants TYPE"),
                body(
                        "a null in a list",
                        c -> content(c).withArray("goods").addNull(),
                        "INVALID_CONTENT",
                        "/content/goods/1 REQUIRED"),
                body("content a list", c -> c.putArray("content"), "INVALID_CONTENT", "/content TYPE"),
                body("no content", c -> c.remove("content"), "INVALID_CONTENT", "/content REQUIRED"),
                body("content null", c -> c.putNull("content"), "INVALID_CONTENT", "/content REQUIRED"),
                body(
                        "a declaration in words",
                        c -> c.put("noStateSecret", "true"),
                        "INVALID_CONTENT",
                        "/noStateSecret TYPE"),
                body(
                        "an amount as a fraction",
                        c -> ((ObjectNode) content(c).at("/amounts/0")).put("value", 1.5),
                        "INVALID_CONTENT",
                        "/content/amounts/0/value NUMBER"),
                body("no title", c -> content(c).remove("title"), "INVALID_CONTENT", "/content/title REQUIRED"),
                body(
                        "an endless title",
                        c -> content(c).put("title", ECHO.repeat(50)),
                        "INVALID_CONTENT",
                        "/content/title SIZE"),
                body(
                        "an unknown code",
                        c -> content(c).put("rightType", ECHO),
                        "INVALID_CONTENT",
                        "/content/rightType UNKNOWN_CODE"),
                body(
                        "a day that is none",
                        c -> content(c).put("foundOn", "2023-02-30"),
                        "INVALID_CONTENT",
                        "/content/foundOn FORMAT"),
                body(
                        "a day before all law",
                        c -> content(c).put("foundOn", "0001-01-01"),
                        "INVALID_CONTENT",
                        "/content/foundOn DATE"),
                body(
                        "a wrong check digit",
                        c -> ((ObjectNode) participant(c).at("/identifiers/0")).put("value", "110105194912310021"),
                        "INVALID_CONTENT",
                        "/content/participants/0/identifiers/0/value CHECK_DIGIT"),
                body(
                        "a NUL",
                        c -> content(c).put("title", ECHO + "\u0000"),
                        "INVALID_CONTENT",
                        "/content/title CHARACTER"),
                body(
                        "an endless source",
                        c -> c.put("sourceRef", "x".repeat(129)),
                        "INVALID_CONTENT",
                        "/sourceRef SIZE"),
                body(
                        "an unknown unit",
                        c -> c.putArray("addressees").add("NOBODY-1"),
                        "INVALID_CONTENT",
                        "/addressees/0 UNKNOWN_UNIT"),
                body(
                        "an unknown matter",
                        c -> c.put("matterId", UUID.randomUUID().toString()),
                        "INVALID_CONTENT",
                        "/matterId UNKNOWN"),
                body("a matter that is no id", c -> c.put("matterId", ECHO), "INVALID_CONTENT", "/matterId FORMAT"),
                body(
                        "no declaration",
                        c -> c.remove("noStateSecret"),
                        "DECLARATION_REQUIRED",
                        "/noStateSecret MUST_BE_TRUE"),
                body(
                        "a false declaration",
                        c -> c.put("noStateSecret", false),
                        "DECLARATION_REQUIRED",
                        "/noStateSecret MUST_BE_TRUE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongBodies")
    void aDraftThatBreaksARuleIsRefusedWithItsPlace(
            String name, Consumer<ObjectNode> change, String code, String fault) {
        ObjectNode draft = draft();
        change.accept(draft);
        Reply reply = refused(post("/v1/clues", draft.toString().getBytes(StandardCharsets.UTF_8)), 422, code);
        assertTrue(reply.faults().contains(fault), reply.faults().toString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongBodies")
    void anAmendmentThatBreaksARuleIsRefusedToo(String name, Consumer<ObjectNode> change, String code, String fault) {
        ObjectNode draft = draft();
        change.accept(draft);
        boolean ofItsMatter = name.equals("an unknown matter");
        Reply reply = refused(
                city.call(City.MSA, "PUT", clue.path())
                        .ifMatch(clue.etag())
                        .body(draft.toString().getBytes(StandardCharsets.UTF_8))
                        .prepare(),
                422,
                code);
        assertTrue(
                reply.faults().contains(ofItsMatter ? "/matterId READ_ONLY" : fault),
                reply.faults().toString());
    }

    @Test
    void theBodyOfAnotherKindIsRefused() {
        Reply filing = refused(post("/v1/clues", City.utf8(Drafts.filing(null, ECHO))), 422, "UNKNOWN_FIELD");
        assertTrue(
                filing.faults().contains("/content/filingType UNKNOWN_FIELD"),
                filing.faults().toString());
        PreparedRequest clues = city.call(City.POLICE, "POST", "/v1/filings")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue(ECHO)))
                .prepare();
        Reply reply = refused(clues, 422, "UNKNOWN_FIELD");
        assertTrue(
                reply.faults().contains("/content/rightType UNKNOWN_FIELD"),
                reply.faults().toString());
    }

    static Stream<Arguments> unreadableBodies() {
        byte[] good = City.utf8(Drafts.clue(ECHO));
        byte[] broken = good.clone();
        broken[good.length / 2] = (byte) 0xFF;
        return Stream.of(
                Arguments.of("not JSON", City.utf8(ECHO), 400, "MALFORMED"),
                Arguments.of("a number", City.utf8("7"), 422, "INVALID_CONTENT"),
                Arguments.of("a list", City.utf8("[]"), 422, "INVALID_CONTENT"),
                Arguments.of("null", City.utf8("null"), 422, "INVALID_CONTENT"),
                Arguments.of("blanks", City.utf8("   "), 400, "MALFORMED"),
                Arguments.of("half a draft", Arrays.copyOf(good, good.length / 2), 400, "MALFORMED"),
                Arguments.of("two drafts", City.utf8(Drafts.clue(ECHO) + "{}"), 400, "MALFORMED"),
                Arguments.of("a comment", City.utf8("/* x */ " + Drafts.clue(ECHO)), 400, "MALFORMED"),
                Arguments.of("single quotes", City.utf8("{'noStateSecret': true}"), 400, "MALFORMED"),
                Arguments.of("NaN", City.utf8("{\"content\": NaN}"), 400, "MALFORMED"),
                Arguments.of("a double name", City.utf8("{\"content\": {}, \"content\": {}}"), 400, "MALFORMED"),
                Arguments.of("a byte order mark", City.utf8("\uFEFF" + Drafts.clue(ECHO)), 400, "MALFORMED"),
                Arguments.of("a NUL byte", City.utf8("{\"content\": \"\u0000\"}"), 400, "MALFORMED"),
                Arguments.of("invalid UTF-8", broken, 400, "MALFORMED"),
                Arguments.of("an overlong slash", new byte[] {'"', (byte) 0xC0, (byte) 0xAF, '"'}, 400, "MALFORMED"),
                Arguments.of("UTF-16", Drafts.clue(ECHO).getBytes(StandardCharsets.UTF_16), 400, "MALFORMED"),
                Arguments.of("a lone surrogate", City.utf8("{\"sourceRef\": \"\\ud800\"}"), 422, "INVALID_CONTENT"),
                Arguments.of(
                        "surrogates swapped", City.utf8("{\"sourceRef\": \"\\udc00\\ud800\"}"), 422, "INVALID_CONTENT"),
                Arguments.of(
                        "an endless number", City.utf8("{\"version\": " + "9".repeat(5_000) + "}"), 400, "MALFORMED"),
                Arguments.of("an endless name", City.utf8("{\"" + "n".repeat(5_000) + "\": 1}"), 400, "MALFORMED"),
                Arguments.of("depth 17", City.utf8("[".repeat(17) + "]".repeat(17)), 422, "BODY_TOO_DEEP"),
                Arguments.of("depth 100,000", City.utf8("[".repeat(100_000)), 422, "BODY_TOO_DEEP"),
                Arguments.of("depth of objects", City.utf8("{\"a\":".repeat(5_000)), 422, "BODY_TOO_DEEP"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadableBodies")
    void aBodyThatCannotBeReadIsRefused(String name, byte[] body, int status, String code) {
        refused(post("/v1/clues", body), status, code);
        refused(city.call(City.MSA, "POST", "/v1/policy/explain").body(body).prepare(), status, code);
    }

    @ParameterizedTest
    @ValueSource(ints = {(1 << 20) + 1, (2 << 20) + 1, 5 << 20})
    void aBodyBeyondTheLimitIsRefused(int size) {
        byte[] body = ("{\"sourceRef\":\"" + "x".repeat(size - 16) + "\"}").getBytes(StandardCharsets.UTF_8);
        assertEquals(size, body.length);
        Stored.State before = stored.state();
        wire.send(post("/v1/clues", body)).requireRefusedUnknown(413, "BODY_TOO_LARGE");
        assertEquals(before, stored.state());
    }

    @Test
    void anEmptyBodyIsRefused() {
        refused(city.call(City.MSA, "POST", "/v1/clues").idempotencyKey().prepare(), 400, "MALFORMED");
        refused(
                city.call(City.MSA, "POST", "/v1/clues")
                        .idempotencyKey()
                        .header("content-type", "application/json")
                        .prepare(),
                400,
                "MALFORMED");
        refused(city.call(City.MSA, "PUT", clue.path()).ifMatch(clue.etag()).prepare(), 400, "MALFORMED");
        refused(act("triage").ifMatch(clue.etag()).prepare(), 400, "MALFORMED");
        refused(city.call(City.MSA, "POST", "/v1/policy/explain").prepare(), 400, "MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense"})
    void anotherContentTypeIsRefused(String type) {
        Stored.State before = stored.state();
        PreparedRequest request = city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .contentType(type)
                .body(City.utf8(Drafts.clue(ECHO)))
                .prepare();
        Reply reply = wire.send(request).requireProblem(415, "UNSUPPORTED_MEDIA_TYPE");
        assertSilent(reply);
        assertEquals(before.cases(), stored.cases());
    }

    // ---- queries and paths ------------------------------------------------------------------------------------------

    static Stream<Arguments> wrongQueries() {
        return Stream.of(
                query("/v1/clues?after=x", "INVALID_CURSOR", "after SYNTAX"),
                query("/v1/clues?after=", "INVALID_QUERY", "after REQUIRED"),
                query("/v1/clues?after=" + cursor(Long.MIN_VALUE), "INVALID_CURSOR", "after SYNTAX"),
                query("/v1/clues?after=" + cursor(Long.MAX_VALUE), "INVALID_CURSOR", "after SYNTAX"),
                query("/v1/clues?after=" + cursor(-(1L << 58) + 1), "INVALID_CURSOR", "after SYNTAX"),
                query("/v1/clues?after=" + cursor((1L << 58) - 1), "INVALID_CURSOR", "after SYNTAX"),
                query("/v1/clues?limit=0", "INVALID_QUERY", "limit RANGE"),
                query("/v1/clues?limit=101", "INVALID_QUERY", "limit RANGE"),
                query("/v1/clues?limit=-1", "INVALID_QUERY", "limit NUMBER"),
                query("/v1/clues?limit=99999999999", "INVALID_QUERY", "limit NUMBER"),
                query("/v1/clues?limit=%D9%A1", "INVALID_QUERY", "limit NUMBER"),
                query("/v1/clues?limit=", "INVALID_QUERY", "limit REQUIRED"),
                query("/v1/clues?count=perhaps", "INVALID_QUERY", "count BOOLEAN"),
                query("/v1/clues?state=NOPE", "INVALID_QUERY", "state UNKNOWN_CODE"),
                query("/v1/clues?state=%00", "INVALID_QUERY", "state CHARACTER"),
                query("/v1/clues?matterId=1", "INVALID_QUERY", "matterId FORMAT"),
                query("/v1/clues?sourceRef=x&limit=5", "INVALID_QUERY", "sourceRef ALONE"),
                query("/v1/clues?matterId", "INVALID_QUERY", "matterId REQUIRED"),
                query("/v1/clues?rightType=TRADEMARK", "INVALID_QUERY", "query UNKNOWN_PARAMETER"),
                query(
                        "/v1/clues?" + "%E5%9B%9E%E5%A3%B0%E7%94%B2%E4%B9%99%E4%B8%99=1",
                        "INVALID_QUERY", "query UNKNOWN_PARAMETER"),
                query("/v1/clues?limit=5&limit=6", "INVALID_QUERY", "limit DUPLICATE"),
                query("/v1/clues?limit=5&&", "INVALID_QUERY", "query UNKNOWN_PARAMETER"),
                query("/v1/policy?x=1", "INVALID_QUERY", "query UNKNOWN_PARAMETER"),
                query("/v1/clues/" + new UUID(1, 1) + "?view=FULL", "INVALID_QUERY", "query UNKNOWN_PARAMETER"),
                query("/v1/clues?sourceRef=%00", "INVALID_QUERY", "sourceRef CHARACTER"),
                query("/v1/clues?sourceRef=", "INVALID_QUERY", "sourceRef REQUIRED"),
                query("/v1/clues?sourceRef=" + "x".repeat(129), "INVALID_QUERY", "sourceRef SIZE"),
                query("/v1/filings?after=" + cursor(Long.MIN_VALUE), "INVALID_CURSOR", "after SYNTAX"),
                query("/v1/exchanges?after=x", "INVALID_CURSOR", "cursor MALFORMED"),
                query("/v1/exchanges?after=" + cursor(Long.MAX_VALUE), "INVALID_CURSOR", "cursor MALFORMED"),
                query("/v1/exchanges?scope=MINE", "INVALID_QUERY", "scope UNKNOWN_CODE"),
                query("/v1/exchanges?outcome=GOOD", "INVALID_QUERY", "outcome UNKNOWN_CODE"),
                query("/v1/exchanges?from=yesterday", "INVALID_QUERY", "from FORMAT"),
                query("/v1/exchanges?limit=1000", "INVALID_QUERY", "limit RANGE"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongQueries")
    void aQueryThatBreaksARuleIsRefusedWithItsParameter(String target, String code, String fault) {
        Reply reply = refused(city.call(City.MSA, "GET", target).prepare(), 422, code);
        assertEquals(List.of(fault), reply.faults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"agency", "system", "officer", "kind", "rule", "from", "until", "recordId", "matterId"})
    void aNulInAFilterOfExchangesIsNoFailureOfTheStore(String parameter) {
        Reply reply = refused(audit("/v1/exchanges?" + parameter + "=%00"), 422, "INVALID_QUERY");
        assertEquals(List.of(parameter + " CHARACTER"), reply.faults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "%2B999999999-12-31T23:59:59Z", "0000-01-01T00:00:00Z"})
    void aTimeBeyondTheStoreIsNoFailureOfTheStore(String time) {
        for (String parameter : new String[] {"from", "until"}) {
            refused(audit("/v1/exchanges?" + parameter + "=" + time), 422, "INVALID_QUERY");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/clues/not-an-id",
                "/v1/clues/%00",
                "/v1/clues/00000000-0000-0000-0000-000000000000",
                "/v1/clues/0-0-0-0-0",
                "/v1/clues/not-an-id/history",
                "/v1/matters/not-an-id",
                "/v1/matters/%00/timeline",
                "/v1/exchanges/not-an-id",
            })
    void anIdThatIsNoneFailsLikeOneThatDoesNotExist(String target) {
        refused(city.call(City.MSA, "GET", target).prepare(), 404, "NOT_FOUND");
    }

    @Test
    void aSourceReferenceInThePathObeysTheRuleOfTheBody() {
        for (String ref : new String[] {"%00", "x%00y", "x".repeat(129)}) {
            PreparedRequest request = city.call(City.MSA, "PUT", "/v1/clues/by-source/" + ref)
                    .body(City.utf8(Drafts.clue(ECHO)))
                    .prepare();
            Reply reply = refused(request, 422, "INVALID_QUERY");
            assertTrue(
                    reply.faults().getFirst().startsWith("sourceRef "),
                    reply.faults().toString());
        }
    }

    @Test
    void aPathAndABodyThatNameDifferentSourcesAreRefused() {
        PreparedRequest request = city.call(City.MSA, "PUT", "/v1/clues/by-source/one")
                .body(City.utf8(Drafts.clue(ECHO, "another", "")))
                .prepare();
        Reply reply = refused(request, 422, "INVALID_CONTENT");
        assertEquals(List.of("/sourceRef DIFFERS_FROM_PATH"), reply.faults());
    }

    @Test
    void whatIsNoRouteIsAProblemToo() {
        Stored.State before = stored.state();
        wire.send(city.call(City.MSA, "GET", "/v1/nothing").prepare()).requireProblem(404, "NOT_FOUND");
        wire.send(city.call(City.MSA, "GET", "/v1/clues/x/y/z").prepare()).requireProblem(404, "NOT_FOUND");
        wire.send(city.call(City.MSA, "GET", "/nothing").prepare()).requireProblem(404, "NOT_FOUND");
        wire.send(city.call(City.MSA, "DELETE", clue.path()).prepare()).requireProblem(405, "METHOD_NOT_ALLOWED");
        wire.send(city.call(City.MSA, "PATCH", clue.path()).prepare()).requireProblem(405, "METHOD_NOT_ALLOWED");
        wire.send(city.call(City.MSA, "GET", clue.path())
                        .header("accept", "text/html")
                        .prepare())
                .requireProblem(406, "NOT_ACCEPTABLE");
        assertEquals(before, stored.state());
    }

    // ---- conditions and acts ----------------------------------------------------------------------------------------

    @Test
    void anUnknownActIsNotFoundAndAKnownOneInTheWrongStateConflicts() {
        refused(act("nonsense").ifMatch(clue.etag()).body(City.utf8("{}")).prepare(), 404, "NOT_FOUND");
        refused(act("close").ifMatch(clue.etag()).body(City.utf8("{}")).prepare(), 409, "STATE_CONFLICT");
        refused(act("accept").ifMatch(clue.etag()).body(City.utf8("{}")).prepare(), 409, "STATE_CONFLICT");
    }

    @Test
    void anActWithoutPreconditionIsRefused() {
        refused(act("triage").body(City.utf8("{}")).prepare(), 428, "PRECONDITION_REQUIRED");
        refused(
                city.call(City.MSA, "PUT", clue.path())
                        .body(City.utf8(Drafts.clue(ECHO)))
                        .prepare(),
                428,
                "PRECONDITION_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"stale\"", "stale", "W/\"x\"", ",", "\"a\", \"b\""})
    void aPreconditionThatDoesNotHoldIsRefused(String ifMatch) {
        refused(act("triage").ifMatch(ifMatch).body(City.utf8("{}")).prepare(), 412, "PRECONDITION_FAILED");
        refused(
                city.call(City.MSA, "PUT", clue.path())
                        .ifMatch(ifMatch)
                        .body(City.utf8(Drafts.clue(ECHO)))
                        .prepare(),
                412,
                "PRECONDITION_FAILED");
    }

    /** RFC 9110 §13.1.1: whatever stands there, as long as something does. */
    @Test
    void aStarHoldsForWhatIsThereAndOpensNothing() {
        refused(
                city.call(City.MSA, "PUT", "/v1/clues/" + new UUID(1, 1))
                        .ifMatch("*")
                        .body(City.utf8(Drafts.clue(ECHO)))
                        .prepare(),
                404,
                "NOT_FOUND");
        wire.send(act("triage").ifMatch("*").body(City.utf8("{}")).prepare()).requireStatus(200);
    }

    @Test
    void theEntityTagOfAnEarlierVersionIsStale() {
        wire.send(act("triage").ifMatch(clue.etag()).body(City.utf8("{}")).prepare())
                .requireStatus(200);
        refused(act("accept").ifMatch(clue.etag()).body(City.utf8("{}")).prepare(), 412, "PRECONDITION_FAILED");
    }

    static Stream<Arguments> wrongActs() {
        return Stream.of(
                Arguments.of("{\"state\": \"CLOSED\"}", "UNKNOWN_FIELD", "/state UNKNOWN_FIELD"),
                Arguments.of("{\"addressees\": [\"POLICE-421200\"]}", "INVALID_CONTENT", "/addressees NOT_ALLOWED"),
                Arguments.of("{\"participants\": [\"x\"]}", "INVALID_CONTENT", "/participants/0 FORMAT"),
                Arguments.of(
                        "{\"participants\": [\"" + new UUID(1, 1) + "\"]}",
                        "INVALID_CONTENT",
                        "/participants/0 UNKNOWN"),
                Arguments.of("{\"reasonCode\": \"" + ECHO + "\"}", "INVALID_CONTENT", "/reasonCode UNKNOWN_CODE"),
                Arguments.of("{\"note\": \"" + ECHO + "\"}", "DECLARATION_REQUIRED", "/noStateSecret MUST_BE_TRUE"),
                Arguments.of(
                        "{\"content\": {\"filingType\": \"CRIMINAL\"}}",
                        "UNKNOWN_FIELD",
                        "/content/filingType UNKNOWN_FIELD"));
    }

    @ParameterizedTest
    @MethodSource("wrongActs")
    void anActThatBreaksARuleIsRefusedWithItsPlace(String body, String code, String fault) {
        Reply reply =
                refused(act("triage").ifMatch(clue.etag()).body(City.utf8(body)).prepare(), 422, code);
        assertTrue(reply.faults().contains(fault), reply.faults().toString());
    }

    // ---- headers ----------------------------------------------------------------------------------------------------

    @Test
    void aWriteWithoutIdempotencyKeyIsRefused() {
        Call create = city.call(City.MSA, "POST", "/v1/clues").body(City.utf8(Drafts.clue(ECHO)));
        refused(create.prepare(), 400, "IDEMPOTENCY_KEY_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bare", "\"\"", "\"open", "7", "\"a\";b", "\"a\", \"b\"", "?1"})
    void anIdempotencyKeyThatIsNoStringIsRefused(String value) {
        Call create = city.call(City.MSA, "POST", "/v1/clues").body(City.utf8(Drafts.clue(ECHO)));
        refused(create.header("idempotency-key", value).prepare(), 400, "MALFORMED");
    }

    @Test
    void anEndlessIdempotencyKeyIsRefused() {
        Call create = city.call(City.MSA, "POST", "/v1/clues").body(City.utf8(Drafts.clue(ECHO)));
        refused(create.header("idempotency-key", '"' + "k".repeat(129) + '"').prepare(), 400, "MALFORMED");
    }

    @Test
    void aRequestWithoutPurposeIsRefused() {
        refused(city.client(City.MSA).call("GET", "/v1/clues").prepare(), 400, "PURPOSE_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curiosity",
                "\"case-handling\"",
                "case-handling;basis=NOPE",
                "case-handling;colour=red",
                "case-handling, supervision",
                "",
                ";;",
            })
    void aPurposeThatIsNoneIsRefused(String purpose) {
        PreparedRequest request = city.client(City.MSA)
                .call("GET", "/v1/clues")
                .header("exchange-purpose", purpose)
                .prepare();
        refused(request, 400, "PURPOSE_INVALID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"case-handling;case=:/w==:", "case-handling;case=7", "case-handling;case"})
    void aCaseNumberThatIsNoTextIsRefused(String purpose) {
        PreparedRequest request = city.client(City.MSA)
                .call("GET", "/v1/clues")
                .header("exchange-purpose", purpose)
                .prepare();
        refused(request, 400, "MALFORMED");
    }

    @Test
    void aWriteWithoutOfficerIsRefused() {
        PreparedRequest request = city.unattended(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue(ECHO)))
                .prepare();
        refused(request, 400, "OFFICER_REQUIRED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"POLICE-421200-001\";unit=\"POLICE-421200\"",
                "\"POLICE-421200-001\";unit=\"MSA-421200\"",
                "\"MSA-421200-001\";unit=\"POLICE-421200\"",
                "\"MSA-421200-009\";unit=\"MSA-421200\"",
                "\"MSA-421200-001\"",
                "MSA-421200-001",
                "\"MSA-421200-001\";unit=\"MSA-421200\";rank=chief",
            })
    void anOfficerWhoIsNotOfTheCallersUnitIsRefused(String officer) {
        PreparedRequest request = city.client(City.MSA)
                .call("GET", "/v1/clues")
                .purpose(Purpose.of("case-handling"))
                .header("exchange-officer", officer)
                .prepare();
        refused(request, 400, "OFFICER_UNKNOWN");
    }

    @Test
    void endlessHeadersAreRefused() {
        Call call = city.client(City.MSA)
                .call("GET", "/v1/clues")
                .purpose(Purpose.of("case-handling"))
                .officer(new OfficerName("x".repeat(2_000), City.MSA, "ukey"));
        refused(call.prepare(), 400, "OFFICER_UNKNOWN");
        Stored.State before = stored.state();
        PreparedRequest huge =
                city.call(City.MSA, "GET", "/v1/clues").prepare().withHeader("x-padding", "x".repeat(40_000));
        assertEquals("HTTP/1.1 431", wire.sendRaw(huge.toHttp11Bytes("localhost")));
        PreparedRequest far =
                city.call(City.MSA, "GET", "/v1/clues?x=" + "x".repeat(10_000)).prepare();
        assertTrue(wire.sendRaw(far.toHttp11Bytes("localhost")).endsWith(" 414"));
        assertEquals(before, stored.state());
    }

    @Test
    void titlesComeInTheLanguageAskedFor() {
        PreparedRequest missed = city.call(City.MSA, "GET", "/v1/clues/x").prepare();
        PreparedRequest english = city.call(City.MSA, "GET", "/v1/clues/x")
                .header("accept-language", "en")
                .prepare();
        assertEquals("未找到", wire.send(missed).json().get("title").asText());
        assertEquals("Not found", wire.send(english).json().get("title").asText());
    }

    private PreparedRequest audit(String target) {
        return city.client(City.AUD)
                .call("GET", target)
                .purpose(Purpose.of("audit"))
                .officer(new OfficerName(City.AUD + "-001", City.AUD, "ukey"))
                .prepare();
    }

    // ---- how --------------------------------------------------------------------------------------------------------

    private Reply refused(PreparedRequest request, int status, String code) {
        Stored.State before = stored.state();
        Reply reply = wire.send(request).requireJournaledProblem(status, code);
        assertSilent(reply);
        Stored.State after = stored.state();
        assertEquals(before.cases(), after.cases(), "a refused request changed something");
        assertEquals(before.entries() + 1, after.entries(), "a refused request is journaled");
        return reply;
    }

    private static void assertSilent(Reply reply) {
        String all = reply.text() + reply.headers().map();
        for (String form : Stored.forms(ECHO)) {
            assertFalse(all.toLowerCase(Locale.ROOT).contains(form), "an answer repeats what was sent");
        }
    }

    private PreparedRequest post(String target, byte[] body) {
        return city.call(City.MSA, "POST", target).idempotencyKey().body(body).prepare();
    }

    private Call act(String name) {
        return city.call(City.MSA, "POST", clue.path() + "/acts/" + name).idempotencyKey();
    }

    private static ObjectNode draft() {
        try {
            return (ObjectNode) JSON.readTree(Drafts.clue(ECHO));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode content(ObjectNode draft) {
        return (ObjectNode) draft.get("content");
    }

    private static ObjectNode participant(ObjectNode draft) {
        return (ObjectNode) draft.at("/content/participants/0");
    }

    private static Arguments body(String name, Consumer<ObjectNode> change, String code, String fault) {
        return Arguments.of(name, change, code, fault);
    }

    private static Arguments query(String target, String code, String fault) {
        return Arguments.of(target, code, fault);
    }

    /** A made-up position in a list. */
    private static String cursor(long time) {
        byte[] bytes = ByteBuffer.allocate(24).putLong(time).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
