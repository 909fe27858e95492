package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.client.Call;
import org.xietong.client.OfficerName;
import org.xietong.client.Purpose;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.BareKey;
import org.xietong.crypto.Digests;
import org.xietong.crypto.KeyFile;
import org.xietong.evidence.EntryBundle;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TlogProof;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.testing.Audits;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Registered;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;

/** What leaves the log: receipts for whoever may open an exchange, entries and tables for auditors, and for nobody else. */
@QuarkusTest
@WithTestResource(CityResource.class)
class LogExportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORIGIN = "xietong.xianning.example/log";

    @Inject
    @DataSource("public")
    AgroalDataSource openLog;

    private City city;
    private Stored stored;

    @BeforeEach
    void open() {
        city = City.current();
        stored = city.stored();
    }

    /** With nothing but the exported lines and the public checkpoints; RFC 6962 §2.1, word for word. */
    @Test
    void anAuditorsOwnToolComputesBothRootsFromTheExportedEntries() throws Exception {
        String last = "";
        for (int i = 0; i < 5; i++) {
            last = city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId();
        }
        awaitCheckpoint(last);
        List<String> sha256 = checkpoint("/log/checkpoint");
        List<String> sm3 = checkpoint("/log/sm3/checkpoint");
        int size = Math.max(Integer.parseInt(sha256.get(1)), Integer.parseInt(sm3.get(1)));
        List<byte[]> entries = new ArrayList<>();
        // In two stretches, to be put together.
        entries.addAll(lines(audit("/v1/log/entries?from=0&until=" + size / 2)));
        entries.addAll(lines(audit("/v1/log/entries?from=" + size / 2 + "&until=" + size)));
        assertEquals(size, entries.size());
        assertEquals(sha256.get(2), base64(root(false, entries.subList(0, Integer.parseInt(sha256.get(1))))));
        assertEquals(sm3.get(2), base64(root(true, entries.subList(0, Integer.parseInt(sm3.get(1))))));
        entries.get(3)[40] ^= 1;
        assertFalse(sha256.get(2).equals(base64(root(false, entries.subList(0, Integer.parseInt(sha256.get(1)))))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/log/tile/entries/", "/log/sm3/tile/entries/"})
    void aBundleHoldsTheSameEntries(String prefix) throws Exception {
        city.call(City.MSA, "GET", "/v1/clues?limit=1").send();
        city.call(City.MSA, "GET", "/v1/clues?limit=1").send();
        awaitCheckpoint(city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId());
        SignedAnswer answer = audit(prefix + "000.p/3").send();
        assertEquals(200, answer.status(), text(answer));
        assertEquals(
                "application/octet-stream",
                answer.headers().firstValue("Content-Type").orElseThrow());
        EntryBundle bundle = EntryBundle.parse(new TilePath.Entries(0, 3), answer.body());
        List<byte[]> lines = lines(audit("/v1/log/entries?from=0&until=3"));
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(lines.get(i), bundle.entries().get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000.p/0",
                "000.p/256",
                "x000/000",
                "00",
                "999.p/1",
                "x999/x999/x999/x999/x999/999",
                "x999/x999/x999/x999/x999/x999/x999/999.p/255",
                "..%2Fcheckpoint",
                "-1"
            })
    void hasNoBundleAtOtherPaths(String path) throws Exception {
        reply(audit("/log/tile/entries/" + path)).requireJournaledProblem(404, "NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "from=0,until REQUIRED",
        "until=5,from REQUIRED",
        "from=-1&until=5,from NUMBER",
        "from=0&until=1e3,until NUMBER",
        "from=5&until=5,until RANGE",
        "from=0&until=65537,until RANGE",
        "from=999999999999&until=1000000000000,until BEYOND_THE_LOG",
        "from=0&until=1&format=x,query UNKNOWN_PARAMETER"
    })
    void refusesOtherStretches(String query, String fault) throws Exception {
        Reply refused = reply(audit("/v1/log/entries?" + query)).requireJournaledProblem(422, "INVALID_QUERY");
        assertEquals(List.of(fault), refused.faults());
    }

    @Test
    void anExportIsOneExchangeSignedOverEveryByte() throws Exception {
        awaitCheckpoint(city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId());
        long before = stored.count("journal_entry");
        SignedAnswer answer = audit("/v1/log/entries?from=0&until=4").send();
        assertEquals(before + 1, stored.count("journal_entry"));
        JsonNode response = JSON.readTree(stored.text(
                "SELECT convert_from(bytes, 'UTF8') FROM xietong.journal_part WHERE entry_id = ?::uuid AND name = 'response'",
                answer.exchangeId()));
        String digest = base64(MessageDigest.getInstance("SHA-256").digest(answer.body()));
        assertTrue(response.get("contentDigest").asText().contains("sha-256=:" + digest + ":"));
        assertEquals(
                "LOG_ENTRIES",
                stored.text("SELECT operation FROM xietong.exchange_index WHERE id = ?::uuid", answer.exchangeId()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/log/tile/entries/000.p/1",
                "/log/sm3/tile/entries/000.p/1",
                "/v1/log/entries?from=0&until=1",
                "/v1/log/counts?from=2026-01-01&until=2026-02-01",
                "/v1/exchanges/table"
            })
    void nothingOfItIsForOthers(String target) throws Exception {
        awaitCheckpoint(city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId());
        assertEquals(200, audit(target).send().status());
        for (String unit : List.of(City.COURT, City.PROC, City.POLICE, City.MSA)) {
            Call call = city.client(unit)
                    .call("GET", target)
                    .purpose(Purpose.of("audit"))
                    .officer(
                            new OfficerName(unit + "-001", unit, "ukey"),
                            city.keys().officer(unit + "-001"));
            reply(call).requireJournaledProblem(403, "FORBIDDEN");
        }
        reply(city.signed(City.AUD, 1, "GET", target)).requireJournaledProblem(403, "FORBIDDEN");
        reply(city.client(City.AUD).call("GET", target).purpose(Purpose.of("audit")))
                .requireJournaledProblem(403, "FORBIDDEN");
        HttpResponse<byte[]> nobody = get(target);
        assertEquals(401, nobody.statusCode());
    }

    /** Distances between one's own would count what others exchange (I4). */
    @Test
    void placesInTheLogShowToAuditorsAlone() throws Exception {
        SignedAnswer own = city.call(City.MSA, "GET", "/v1/clues?limit=1").send();
        awaitCheckpoint(own.exchangeId());
        long position = position(own.exchangeId());
        JsonNode row =
                row(audit("/v1/exchanges?system=MSA-421200-cms&limit=100").send(), own.exchangeId());
        assertEquals(position, row.get("position").asLong());
        assertEquals(
                position,
                JSON.readTree(Audits.opened()
                                .call("GET", "/v1/exchanges/" + own.exchangeId())
                                .send()
                                .body())
                        .at("/exchange/position")
                        .asLong());
        JsonNode ownRow =
                row(city.call(City.MSA, "GET", "/v1/exchanges?limit=100").send(), own.exchangeId());
        assertTrue(ownRow.path("position").isMissingNode());
        SignedAnswer opened =
                city.call(City.MSA, "GET", "/v1/exchanges/" + own.exchangeId()).send();
        assertTrue(JSON.readTree(opened.body()).at("/exchange/position").isMissingNode());
    }

    @ParameterizedTest
    @CsvSource({"SHA_256,''", "SHA_256,?tree=sha256", "SM3,?tree=sm3"})
    void aReceiptProvesTheCallersOwnExchange(TreeHash tree, String query) throws Exception {
        SignedAnswer own = city.call(City.MSA, "GET", "/v1/clues?limit=1").send();
        awaitCheckpoint(own.exchangeId());
        String target = "/v1/exchanges/" + own.exchangeId() + "/receipt" + query;
        SignedAnswer answer = city.call(City.MSA, "GET", target).send();
        assertEquals(200, answer.status(), text(answer));
        assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
        TlogProof proof = TlogProof.parse(answer.body());
        VerifierKey key = key(tree);
        assertTrue(proof.checkpoint().verify(key, List.of()).isSignedBy(key));
        // The entry as the caller opens it himself.
        JsonNode opened = JSON.readTree(city.call(City.MSA, "GET", "/v1/exchanges/" + own.exchangeId())
                .send()
                .body());
        byte[] entry = opened.get("entry").asText().getBytes(StandardCharsets.UTF_8);
        assertTrue(proof.holds(tree, tree.leaf(entry)));
        entry[20] ^= 1;
        assertFalse(proof.holds(tree, tree.leaf(entry)));
        assertEquals(position(own.exchangeId()), proof.inclusion().index());
    }

    @Test
    void ownersAndAuditorsGetReceiptsOfWhatTheyMayOpenAndOthersNone() throws Exception {
        Registered clue = Registered.clue(city);
        String id = stored.text(
                "SELECT entry_id FROM xietong.exchange_touched WHERE subject = ?::uuid LIMIT 1",
                clue.id().toString());
        awaitCheckpoint(id);
        String receipt = "/v1/exchanges/" + id + "/receipt";
        assertEquals(200, city.call(City.MSA, "GET", receipt).send().status());
        assertEquals(404, audit(receipt).send().status(), "without an inquiry");
        assertEquals(200, Audits.opened().call("GET", receipt).send().status());
        for (String unit : List.of(City.COURT, City.POLICE, City.COPYRIGHT)) {
            reply(city.call(unit, "GET", receipt)).requireJournaledProblem(404, "NOT_FOUND");
            reply(city.call(unit, "GET", "/v1/exchanges/" + UUID.randomUUID() + "/receipt"))
                    .requireJournaledProblem(404, "NOT_FOUND");
        }
        reply(city.call(City.MSA, "GET", receipt + "?tree=md5")).requireJournaledProblem(422, "INVALID_QUERY");
    }

    /** An entry that was journaled and waits; here one that nobody will take. */
    @Test
    void anEntryThatWaitsHasNoReceiptYet() throws Exception {
        UUID waiting = UUID.randomUUID();
        stored.execute(
                "INSERT INTO xietong.journal_entry VALUES ('" + waiting + "', now(), 'MSA', '\\x7b7d')",
                "INSERT INTO xietong.exchange_index (id, time, agency, unit, system, operation, outcome, rule, status)"
                        + " VALUES ('" + waiting + "', now(), 'MSA', 'MSA-421200', 'MSA-421200-cms', 'RECORD_READ',"
                        + " 'PERMIT', 'X', 200)");
        Reply refused = reply(city.call(City.MSA, "GET", "/v1/exchanges/" + waiting + "/receipt"))
                .requireJournaledProblem(409, "NOT_YET_IN_LOG");
        assertTrue(refused.json().get("retryable").asBoolean());
        assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
        JsonNode row =
                row(audit("/v1/exchanges?system=MSA-421200-cms&limit=100").send(), waiting.toString());
        assertTrue(row.path("position").isMissingNode());
    }

    @Test
    void theTableHoldsTheSameRowsAsTheListByTheSameFilter() throws Exception {
        city.call(City.IPO, "GET", "/v1/clues?limit=0").send();
        city.call(City.IPO, "GET", "/v1/clues?limit=1").send();
        Set<String> listed = new TreeSet<>();
        JSON.readTree(audit("/v1/exchanges?agency=IPO&outcome=FAIL&limit=100")
                        .send()
                        .body())
                .get("items")
                .forEach(item -> listed.add(item.get("id").asText()));
        assertFalse(listed.isEmpty());
        SignedAnswer csv = audit("/v1/exchanges/table?agency=IPO&outcome=FAIL").send();
        assertEquals(
                "text/csv", csv.headers().firstValue("Content-Type").orElse("").split(";")[0]);
        List<String> rows = text(csv).lines().toList();
        assertTrue(rows.getFirst().startsWith("\uFEFF\"交换编号 Exchange\",\"日志位置 Position\""));
        assertEquals(
                listed,
                rows.stream().skip(1).map(row -> row.substring(1, 37)).collect(Collectors.toCollection(TreeSet::new)));
        SignedAnswer xlsx =
                audit("/v1/exchanges/table?agency=IPO&outcome=FAIL&format=xlsx").send();
        assertEquals(200, xlsx.status());
        assertEquals('P', xlsx.body()[0]);
        assertEquals('K', xlsx.body()[1]);
        for (String bad : List.of("format=pdf", "limit=5", "after=x", "scope=ALL")) {
            reply(audit("/v1/exchanges/table?" + bad)).requireJournaledProblem(422, "INVALID_QUERY");
        }
    }

    @Test
    void aTableThatIsCutSaysSoInItsLastRow() throws Exception {
        stored.execute(
                "INSERT INTO xietong.exchange_index (id, time, agency, unit, system, operation, outcome, rule, status)"
                        + " SELECT gen_random_uuid(), now() - i * interval '1 s', 'MED', 'MED-1', 'med', 'RECORD_READ',"
                        + " 'PERMIT', 'X', 200 FROM generate_series(1, 10001) i");
        List<String> rows =
                text(audit("/v1/exchanges/table?agency=MED").send()).lines().toList();
        assertEquals(10_002, rows.size());
        assertTrue(rows.getLast().contains("只列最新的 10000 次"), rows.getLast());
        stored.execute("DELETE FROM xietong.exchange_index WHERE id IN"
                + " (SELECT id FROM xietong.exchange_index WHERE agency = 'MED' LIMIT 1)");
        rows = text(audit("/v1/exchanges/table?agency=MED").send()).lines().toList();
        assertEquals(10_001, rows.size());
        assertFalse(rows.getLast().contains("只列最新"));
    }

    /** Whoever floods the open log takes its own connections, and none of theirs. */
    @Test
    void openReadersAndAuditorsHaveConnectionsOfTheirOwn() throws Exception {
        String exchange = city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId();
        awaitCheckpoint(exchange);
        List<Connection> taken = new ArrayList<>();
        try {
            while (taken.size()
                    < openLog.getConfiguration().connectionPoolConfiguration().maxSize()) {
                taken.add(openLog.getConnection());
            }
            assertEquals(503, get("/log/tile/0/000.p/1").statusCode());
            assertEquals(200, audit("/v1/exchanges?limit=1").send().status());
            assertEquals(
                    200,
                    city.call(City.MSA, "GET", "/v1/exchanges/" + exchange + "/evidence")
                            .send()
                            .status());
        } finally {
            for (Connection one : taken) {
                one.close();
            }
        }
        awaitServed("/log/tile/0/000.p/1");
    }

    private void awaitServed(String path) {
        Stored.await("what is asked once a second", Duration.ofSeconds(10), () -> {
            try {
                return get(path).statusCode() == 200;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Call audit(String target) {
        return city.client(City.AUD)
                .call("GET", target)
                .purpose(Purpose.of("audit"))
                .officer(
                        new OfficerName("AUD-421200-001", City.AUD, "ukey"),
                        city.keys().officer("AUD-421200-001"));
    }

    private void awaitCheckpoint(String exchangeId) {
        Stored.await(
                "a checkpoint over it",
                Duration.ofSeconds(20),
                () -> stored.number(
                                "SELECT count(*) FROM xietong.ledger_leaf WHERE entry_id = ?::uuid"
                                        + " AND position < (SELECT max(size) FROM xietong.ledger_checkpoint)",
                                exchangeId)
                        == 1);
        awaitServed("/log/checkpoint");
    }

    private long position(String exchangeId) {
        return stored.number("SELECT position FROM xietong.ledger_leaf WHERE entry_id = ?::uuid", exchangeId);
    }

    private static JsonNode row(SignedAnswer list, String id) throws IOException {
        for (JsonNode item : JSON.readTree(list.body()).get("items")) {
            if (item.get("id").asText().equals(id)) {
                return item;
            }
        }
        throw new AssertionError("not listed");
    }

    private List<String> checkpoint(String path) throws Exception {
        return new String(get(path).body(), StandardCharsets.UTF_8).lines().toList();
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(city.base().resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static List<byte[]> lines(Call call) throws IOException {
        SignedAnswer answer = call.send();
        assertEquals(200, answer.status(), text(answer));
        assertEquals(
                "application/x-ndjson",
                answer.headers().firstValue("Content-Type").orElseThrow());
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < answer.body().length; i++) {
            if (answer.body()[i] == '\n') {
                lines.add(Arrays.copyOfRange(answer.body(), start, i));
                start = i + 1;
            }
        }
        assertEquals(answer.body().length, start, "the last line ends too");
        return lines;
    }

    private static byte[] root(boolean sm3, List<byte[]> entries) throws Exception {
        if (entries.size() == 1) {
            return hash(sm3, new byte[] {0}, entries.getFirst());
        }
        int split = Integer.highestOneBit(entries.size() - 1);
        return hash(
                sm3,
                new byte[] {1},
                root(sm3, entries.subList(0, split)),
                root(sm3, entries.subList(split, entries.size())));
    }

    private static byte[] hash(boolean sm3, byte[]... parts) throws Exception {
        if (sm3) {
            return Digests.sm3(parts);
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private VerifierKey key(TreeHash tree) throws IOException {
        Path file = city.keys().platformKey("log-intl");
        char[] password =
                Files.readString(file.resolveSibling("password")).strip().toCharArray();
        return VerifierKey.of(
                tree == TreeHash.SM3 ? ORIGIN + "/sm3" : ORIGIN,
                SignatureType.ED25519,
                BareKey.of(KeyFile.open(file, password).certificate()));
    }

    private static Reply reply(Call call) {
        SignedAnswer answer = call.send();
        return new Reply(answer.status(), answer.headers(), answer.body());
    }

    private static String text(SignedAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
