package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.client.PreparedRequest;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.Jcs;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.OpenSsl;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Signer;
import org.xietong.crypto.VerificationKey;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Registered;
import org.xietong.testing.Stored;

/**
 * What stands in the journal is what happened, and can be checked without us: digests from salt and bytes, signatures by
 * openssl against the certificates of caller, officer and platform (I3, I6).
 */
@QuarkusTest
@WithTestResource(CityResource.class)
class JournalExactnessTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private City city;
    private Stored stored;

    @BeforeEach
    void open() {
        city = City.current();
        stored = city.stored();
    }

    @Test
    void aPermittedReadIsJournaledExactly() throws Exception {
        Registered clue = Registered.clue(city);
        SignedAnswer answer = city.call(City.MSA, "GET", clue.path()).send();
        assertEquals(200, answer.status());
        JsonNode entry = check(answer, City.MSA, "PERMIT");
        assertEquals(1, entry.at("/parts/disclosed").size());
        assertEquals(0, entry.at("/parts/changed").size());
        JsonNode disclosed = part(answer, "disclosed", 0);
        assertEquals(clue.id().toString(), disclosed.get("id").asText());
        assertEquals("FULL", disclosed.get("view").asText());
        assertEquals(1, disclosed.get("version").asInt());
    }

    @Test
    void aPermittedWriteWithAnOfficersSignatureIsJournaledExactly() throws Exception {
        SignedAnswer answer = city.signed(City.MSA, 1, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue("")))
                .send();
        assertEquals(201, answer.status());
        JsonNode entry = check(answer, City.MSA, "PERMIT");
        assertEquals(1, entry.at("/parts/changed").size());
        assertArrayEquals(
                answer.request().body(),
                stored.bytes("SELECT bytes FROM xietong.journal_body WHERE entry_id = ?::uuid", answer.exchangeId()),
                "the body that was signed is kept");
        assertEquals(2, part(answer, "request", 0).get("signatures").size());
        JsonNode changed = part(answer, "changed", 0);
        String digest = stored.text(
                "SELECT encode(sha256(convert_to(content::text, 'UTF8')), 'hex') FROM xietong.record WHERE id = ?::uuid",
                changed.get("id").asText());
        assertFalse(digest.isEmpty());
        assertEquals("create", changed.get("action").asText());
    }

    @Test
    void aDenialIsJournaledExactly() throws Exception {
        SignedAnswer answer = city.call(City.COPYRIGHT, "GET", "/v1/clues/" + UUID.randomUUID())
                .send();
        assertEquals(404, answer.status());
        JsonNode entry = check(answer, City.COPYRIGHT, "DENY");
        assertEquals(0, entry.at("/parts/disclosed").size());
        assertEquals("NO_SIGHT", part(answer, "decision", 0).get("rule").asText());
        assertEquals(
                0,
                stored.number(
                        "SELECT count(*) FROM xietong.journal_body WHERE entry_id = ?::uuid", answer.exchangeId()));
    }

    @Test
    void aFailureIsJournaledExactly() throws Exception {
        SignedAnswer answer = city.call(City.IPO, "GET", "/v1/clues?limit=0").send();
        assertEquals(422, answer.status());
        check(answer, City.IPO, "FAIL");
    }

    @Test
    void thePageOfAHundredFitsIntoOneEntry() throws Exception {
        while (stored.number("SELECT count(*) FROM xietong.record_sight WHERE viewer = ? AND kind = 'clue'", City.MSA)
                < 101) {
            Registered.clue(city);
        }
        SignedAnswer answer =
                city.call(City.MSA, "GET", "/v1/clues?limit=100&count=true").send();
        assertEquals(100, JSON.readTree(answer.body()).get("items").size());
        JsonNode entry = check(answer, City.MSA, "PERMIT");
        assertEquals(100, entry.at("/parts/disclosed").size());
        assertTrue(entryBytes(answer).length <= 65_535);
    }

    @Test
    void everyEntryOfThisServiceIsConsistent() throws Exception {
        // Whose parts another test had erased, has no request any more.
        for (String id :
                stored.texts("SELECT id FROM xietong.journal_entry e WHERE EXISTS (SELECT FROM xietong.journal_part p"
                        + " WHERE p.entry_id = e.id AND p.name = 'request') ORDER BY time DESC LIMIT 500")) {
            digests(id);
        }
        assertEquals(
                0,
                stored.number(
                        "SELECT count(*) FROM xietong.journal_entry e WHERE bytes <> '{}' AND (octet_length(bytes) > 65535"
                                + " OR NOT EXISTS (SELECT 1 FROM xietong.exchange_index i WHERE i.id = e.id)"
                                + " OR NOT EXISTS (SELECT 1 FROM xietong.journal_pending p WHERE p.entry_id = e.id"
                                + " UNION ALL SELECT 1 FROM xietong.ledger_leaf l WHERE l.entry_id = e.id))"));
    }

    /** The sequencer of the running service gives it its place. */
    @Test
    void everyEntryBecomesALeafOfTheLedger() {
        String id = city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId();
        Stored.await(
                "a leaf",
                Duration.ofSeconds(10),
                () -> stored.number("SELECT count(*) FROM xietong.ledger_leaf WHERE entry_id = ?::uuid", id) == 1);
        assertEquals(0, stored.number("SELECT count(*) FROM xietong.journal_pending WHERE entry_id = ?::uuid", id));
    }

    /** Entry and parts against what the client itself sent and received. */
    private JsonNode check(SignedAnswer answer, String unit, String outcome) throws Exception {
        JsonNode entry = digests(answer.exchangeId());
        assertEquals(answer.exchangeId(), entry.get("id").asText());
        assertEquals(unit.substring(0, unit.indexOf('-')), entry.get("agency").asText());
        assertEquals(outcome, part(answer, "decision", 0).get("outcome").asText());

        PreparedRequest sent = answer.request();
        JsonNode request = part(answer, "request", 0);
        assertEquals(sent.method(), request.get("method").asText());
        assertEquals(sent.path(), request.get("path").asText());
        assertEquals(unit + "-cms", request.get("system").asText());
        JsonNode bySystem = request.at("/signatures/0");
        assertArrayEquals(answer.requestSignatureBase(), utf8(bySystem.get("base")));
        verified(bySystem, city.keys().system(unit));
        if (answer.officerSignature().isPresent()) {
            JsonNode byOfficer = request.at("/signatures/1");
            assertEquals("officer", byOfficer.get("label").asText());
            assertArrayEquals(answer.officerSignatureBase().orElseThrow(), utf8(byOfficer.get("base")));
            verified(byOfficer, city.keys().officer(unit + "-001"));
        }

        JsonNode response = part(answer, "response", 0);
        assertEquals(answer.status(), response.get("status").asInt());
        assertArrayEquals(answer.responseSignatureBase(), utf8(response.get("base")));
        assertEquals(
                answer.headers().firstValue("Content-Digest").orElseThrow(),
                response.get("contentDigest").asText());
        X509Certificate platform = city.keys().platformCertificates().stream()
                .filter(c -> VerificationKey.of(c)
                        .keyId()
                        .equals(response.get("keyId").asText()))
                .findFirst()
                .orElseThrow();
        verified(response, VerificationKey.of(platform).algorithm(), platform);
        return entry;
    }

    /** The entry, once every digest in it is found to be that of its part, and no part is left over. */
    private JsonNode digests(String id) throws Exception {
        byte[] bytes = stored.bytes("SELECT bytes FROM xietong.journal_entry WHERE id = ?::uuid", id);
        JsonNode entry = JSON.readTree(bytes);
        assertArrayEquals(Jcs.canonical(entry), bytes, "the entry is canonical (RFC 8785)");
        assertEquals(1, entry.get("v").asInt());
        List<String> stated = new ArrayList<>();
        entry.get("parts").properties().forEach(part -> {
            if (part.getValue().isArray()) {
                for (int i = 0; i < part.getValue().size(); i++) {
                    stated.add(part.getKey() + "/" + i + " "
                            + part.getValue().get(i).asText());
                }
            } else {
                stated.add(part.getKey() + "/0 " + part.getValue().asText());
            }
        });
        List<String> found = new ArrayList<>();
        for (String row : stored.texts(
                "SELECT name || '/' || idx || ' ' || encode(salt, 'hex') || ' ' || encode(bytes, 'hex')"
                        + " FROM xietong.journal_part WHERE entry_id = ?::uuid",
                id)) {
            String[] column = row.split(" ", 3);
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(HexFormat.of().parseHex(column[1]));
            sha256.update(HexFormat.of().parseHex(column[2]));
            found.add(column[0] + " " + HexFormat.of().formatHex(sha256.digest()));
        }
        assertEquals(new TreeSet<>(stated), new TreeSet<>(found));
        assertEquals(stated.size(), found.size());
        return entry;
    }

    private void verified(JsonNode signature, Signer signer) throws IOException {
        assertEquals(signer.keyId(), signature.get("keyId").asText());
        verified(signature, signer.algorithm(), signer.certificate());
    }

    private void verified(JsonNode signature, KeyAlgorithm algorithm, X509Certificate certificate) throws IOException {
        Path pem = Files.writeString(folder.resolve("certificate.pem"), Pem.ofCertificate(certificate));
        Path base = Files.write(folder.resolve("base"), utf8(signature.get("base")));
        byte[] value = Base64.getDecoder().decode(signature.get("signature").asText());
        Path der = Files.write(folder.resolve("signature"), algorithm.foreignForm(value));
        assertTrue(OpenSsl.verifies(algorithm, pem, base, der), "openssl refuses a journaled signature");
        Files.writeString(base, "x", StandardCharsets.US_ASCII);
        assertFalse(OpenSsl.verifies(algorithm, pem, base, der), "openssl takes anything");
    }

    private JsonNode part(SignedAnswer answer, String name, int index) throws IOException {
        return JSON.readTree(stored.bytes(
                "SELECT bytes FROM xietong.journal_part WHERE entry_id = ?::uuid AND name = ? AND idx = ?",
                answer.exchangeId(),
                name,
                index));
    }

    private byte[] entryBytes(SignedAnswer answer) {
        return stored.bytes("SELECT bytes FROM xietong.journal_entry WHERE id = ?::uuid", answer.exchangeId());
    }

    private static byte[] utf8(JsonNode text) {
        return text.asText().getBytes(StandardCharsets.UTF_8);
    }
}
