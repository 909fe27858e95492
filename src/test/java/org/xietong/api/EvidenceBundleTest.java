package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.evidence.TlogProof;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.check.BundleCheck;
import org.xietong.evidence.check.Report;
import org.xietong.evidence.check.Trust;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Registered;
import org.xietong.testing.Stored;

/** Who gets which evidence, and that it is what was exchanged. What bundles prove is tested beside the verifier. */
@QuarkusTest
@WithTestResource(CityResource.class)
class EvidenceBundleTest {
    private City city;

    @BeforeEach
    void open() {
        city = City.current();
    }

    @Test
    void ofAWriteHoldsWhatWasSentAndAnsweredForTheSender() throws Exception {
        SignedAnswer written = city.signed(City.MSA, 1, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue("")))
                .send();
        Map<String, byte[]> files = bundle(city.call(City.MSA, "GET", evidence(written)));
        String folder = "exchanges/" + written.exchangeId() + "/";
        assertArrayEquals(written.request().body(), files.get(folder + "request.body"));
        assertArrayEquals(written.requestSignatureBase(), files.get(folder + "request.sigbase"));
        assertArrayEquals(written.officerSignatureBase().orElseThrow(), files.get(folder + "officer.sigbase"));
        assertArrayEquals(written.responseSignatureBase(), files.get(folder + "response.sigbase"));
        for (String part : new String[] {"request", "purpose", "decision", "changed-0", "response"}) {
            assertTrue(files.containsKey(folder + "parts/" + part + ".json"), part);
            assertEquals(16, files.get(folder + "parts/" + part + ".salt").length, part);
        }
        byte[] entry = files.get(folder + "entry.json");
        for (TreeHash tree : TreeHash.values()) {
            String name = tree == TreeHash.SM3 ? "inclusion-sm3" : "inclusion";
            TlogProof proof = TlogProof.parse(files.get(folder + name + ".tlog-proof"));
            assertTrue(proof.holds(tree, tree.leaf(entry)));
        }
    }

    /** The owner sees what was shown of his record: neither the request nor its body are his. */
    @Test
    void ofAReadHoldsForTheOwnerWhatWasShownOfHisRecord() throws Exception {
        Registered clue = Registered.clue(city);
        SignedAnswer read = city.call(City.IPO, "GET", clue.path()).send();
        assertEquals(200, read.status());
        Map<String, byte[]> files = bundle(city.call(City.MSA, "GET", evidence(read)));
        String folder = "exchanges/" + read.exchangeId() + "/";
        assertEquals(
                "disclosed-0.json disclosed-0.salt",
                files.keySet().stream()
                        .filter(path -> path.startsWith(folder + "parts/"))
                        .map(path -> path.substring((folder + "parts/").length()))
                        .collect(Collectors.joining(" ")));
        assertFalse(files.containsKey(folder + "request.sigbase"));
        assertFalse(files.containsKey(folder + "request.body"));
    }

    @Test
    void isNotFoundForWhoHasNoPartInIt() {
        Registered clue = Registered.clue(city);
        SignedAnswer read = city.call(City.MSA, "GET", clue.path()).send();
        assertEquals(404, city.call(City.COURT, "GET", evidence(read)).send().status());
        assertEquals(
                404,
                city.call(City.COURT, "GET", "/v1/matters/" + UUID.randomUUID() + "/evidence")
                        .send()
                        .status());
    }

    @Test
    void ofAMatterHoldsItsExchanges() throws Exception {
        Registered clue = Registered.clue(city);
        String matter = city.stored().text("SELECT matter_id::text FROM xietong.record WHERE id = ?::uuid", clue.id());
        SignedAnswer read = city.call(City.IPO, "GET", clue.path()).send();
        SignedAnswer own = city.call(City.MSA, "GET", clue.path()).send();
        Map<String, byte[]> files = bundle(city.call(City.MSA, "GET", "/v1/matters/" + matter + "/evidence"));
        String paths = String.join("\n", files.keySet());
        assertTrue(paths.contains(read.exchangeId()), paths);
        assertTrue(paths.contains(own.exchangeId()), paths);
        Map<String, byte[]> others = bundle(city.call(City.IPO, "GET", "/v1/matters/" + matter + "/evidence"));
        assertTrue(String.join("\n", others.keySet()).contains(read.exchangeId()));
        assertFalse(String.join("\n", others.keySet()).contains(own.exchangeId()), "what others asked for themselves");
    }

    private static String evidence(SignedAnswer answer) {
        return "/v1/exchanges/" + answer.exchangeId() + "/evidence";
    }

    private static Map<String, byte[]> bundle(Call call) throws IOException {
        SignedAnswer[] answer = new SignedAnswer[1];
        Stored.await("the log to hold it", Duration.ofSeconds(15), () -> {
            answer[0] = call.send();
            return answer[0].status() != 409;
        });
        assertEquals(200, answer[0].status());
        assertEquals(
                "application/zip",
                answer[0].headers().firstValue("Content-Type").orElseThrow());
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer[0].body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertTrue(files.containsKey("verify.sh"));
        Path file = Files.createTempFile("bundle", ".zip");
        Report report = BundleCheck.check(Files.write(file, answer[0].body()), Trust.none(Instant.now()));
        Files.delete(file);
        assertEquals(Optional.empty(), report.fault().map(fault -> String.join("\n", report.lines())));
        return files;
    }
}
