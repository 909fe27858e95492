package org.xietong.evidence.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.EntryBundle;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;

/** A whole log in a folder or at an address: what the verifier says of it. */
class LogCheckTest {
    private static final Trust TRUST = new Trust(TestLog.keys(), TestLog.trusted(), 2, List.of(), TestParties.NOW);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 700})
    void acceptsAGoodLog(int size) throws Exception {
        Report report = check(TestLog.of(size).served(), TRUST, null);
        assertEquals(Optional.empty(), report.fault());
        assertEquals(size, report.checked(Checked.ENTRIES));
        assertEquals(Set.of(), report.remarks());
    }

    @Test
    void takesTheKeysBesideTheLogAndSaysSo() throws Exception {
        Report report = check(TestLog.of(3).served(), Trust.none(TestParties.NOW), null);
        assertTrue(report.accepted());
        assertEquals(Set.of(Remark.KEYS_FROM_EVIDENCE, Remark.WITNESSES_NOT_GIVEN), report.remarks());
    }

    @Test
    void wantsAKey() throws Exception {
        TreeMap<String, byte[]> files = TestLog.of(3).served();
        files.keySet().removeAll(Set.of("vkey", "vkeys"));
        refuses(check(files, Trust.none(TestParties.NOW), null), Fault.KEY_MISSING, "vkey");
    }

    @Test
    void refusesAForeignKeyBesideTheLog() throws Exception {
        TreeMap<String, byte[]> files = TestLog.of(3).served();
        files.put("vkey", (TestLog.OTHER.verifierKey() + "\n").getBytes(StandardCharsets.UTF_8));
        refuses(check(files, TRUST, null), Fault.KEY_DIFFERS, "vkey");
    }

    @Test
    void followsTheLogFromAnEarlierCheckpoint() throws Exception {
        TestLog log = TestLog.of(300);
        byte[] earlier = log.checkpoint(TreeHash.SHA_256).encode();
        for (int i = 300; i < 700; i++) {
            log.entries.add(TestLog.entry(i, "POLICE-421200"));
        }
        log.grow();
        Report report = check(log.served(), TRUST, earlier);
        assertEquals(Optional.empty(), report.fault());
        assertEquals(1, report.checked(Checked.CONSISTENCY));
    }

    @Test
    void seesYesterdaysLog() throws Exception {
        byte[] newer = TestLog.of(700).checkpoint(TreeHash.SHA_256).encode();
        refuses(check(TestLog.of(300).served(), TRUST, newer), Fault.ROLLED_BACK, "checkpoint");
    }

    /** The operator rewrites an old entry, computes everything behind it again, signs, and has even the witnesses' signatures. */
    @Test
    void seesATailThatTheOperatorComputedAgain() throws Exception {
        byte[] kept = TestLog.of(300).checkpoint(TreeHash.SHA_256).encode();
        TestLog forged = new TestLog();
        for (int i = 0; i < 700; i++) {
            forged.entries.add(TestLog.entry(i, i == 17 ? "COURT-421200" : "POLICE-421200"));
        }
        forged.grow();
        assertTrue(check(forged.served(), TRUST, null).accepted(), "alone, it looks as good as the true one");
        refuses(check(forged.served(), TRUST, kept), Fault.FORKED, "checkpoint");
    }

    @Test
    void seesATailComputedAgainByWhoHasNoKey() throws Exception {
        TreeMap<String, byte[]> files = TestLog.of(300).served();
        TestLog forged = new TestLog();
        for (int i = 0; i < 300; i++) {
            forged.entries.add(TestLog.entry(i, i == 17 ? "COURT-421200" : "POLICE-421200"));
        }
        forged.grow();
        forged.served().forEach((path, bytes) -> {
            if (path.contains("tile/")) {
                files.put(path, bytes);
            }
        });
        refuses(check(files, TRUST, null), Fault.ROOT_DIFFERS, "checkpoint");
    }

    @Test
    void namesTheTileThatDiffers() throws Exception {
        TreeMap<String, byte[]> files = TestLog.of(700).served();
        files.get("sm3/tile/0/001")[5] ^= 1;
        refuses(check(files, TRUST, null), Fault.TILE_DIFFERS, "sm3/tile/0/001");
    }

    @Test
    void seesOneEntryEditedDeletedOrPutElsewhere() throws Exception {
        TestLog log = TestLog.of(300);
        List<byte[]> tail = log.entries.subList(256, 300);
        TreeMap<String, byte[]> files = log.served();
        Collections.swap(tail, 3, 4);
        files.put("tile/entries/001.p/44", new EntryBundle(tail).encode());
        refuses(check(files, TRUST, null), Fault.TILE_DIFFERS, "tile/0/001.p/44");
        files.put("tile/entries/001.p/44", new EntryBundle(tail.subList(0, 43)).encode());
        refuses(check(files, TRUST, null), Fault.MALFORMED, "tile/entries/001.p/44");
        files.remove("tile/entries/001.p/44");
        refuses(check(files, TRUST, null), Fault.FILE_MISSING, "tile/entries/001.p/44");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/002",
                "tile/0/001.p/45",
                "tile/1/001",
                "tile/entries/001.p/45",
                "sm3/tile/entries/000",
                "sm3/x",
                "x"
            })
    void seesWhatDoesNotBelongThere(String path) throws Exception {
        TreeMap<String, byte[]> files = TestLog.of(300).served();
        files.put(path, new byte[32]);
        refuses(check(files, TRUST, null), Fault.FILE_ADDED, path);
    }

    @Test
    void takesEarlierPartialTilesThatAreTrueAndNoOthers() throws Exception {
        TestLog log = TestLog.of(300);
        TreeMap<String, byte[]> files = log.served();
        files.put("tile/0/000.p/7", Arrays.copyOf(files.get("tile/0/000"), 7 * 32));
        files.put("tile/entries/000.p/7", new EntryBundle(log.entries.subList(0, 7)).encode());
        assertEquals(Optional.empty(), check(files, TRUST, null).fault());
        files.put("tile/entries/000.p/7", new EntryBundle(log.entries.subList(1, 8)).encode());
        refuses(check(files, TRUST, null), Fault.TILE_DIFFERS, "tile/entries/000.p/7");
        files.remove("tile/entries/000.p/7");
        files.get("tile/0/000.p/7")[0] ^= 1;
        refuses(check(files, TRUST, null), Fault.TILE_DIFFERS, "tile/0/000.p/7");
    }

    @Test
    void refusesAnAbsurdSizeWithoutReadingSoFar() throws Exception {
        TreeMap<String, byte[]> files = TestLog.of(3).served();
        for (String tree : List.of("", "/sm3")) {
            Checkpoint absurd = new Checkpoint(TestLog.ORIGIN + tree, Long.MAX_VALUE, new byte[32]);
            files.put(
                    tree.isEmpty() ? "checkpoint" : "sm3/checkpoint",
                    TestLog.cosigned(TestLog.signed(absurd)).encode());
        }
        refuses(check(files, TRUST, null), Fault.FILE_MISSING, "tile/entries/000");
    }

    @Test
    void theLogsOwnListOfWitnessKeysMayTellOfFormerAndOfWithdrawnOnes() throws Exception {
        TreeMap<String, byte[]> files = TestLog.of(3).served();
        String keys = TestLog.PROCURATORATE.verifierKey() + "\n" + TestLog.COURT.verifierKey();
        files.put(
                "witnesses",
                (keys + " until " + TestParties.NOW.plusSeconds(3600) + "\n").getBytes(StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), check(files, TRUST, null).fault());
        files.put("witnesses", (keys + " withdrawn\n").getBytes(StandardCharsets.UTF_8));
        refuses(check(files, TRUST, null), Fault.QUORUM, "checkpoint");
        files.put("witnesses", (keys + " for ever\n").getBytes(StandardCharsets.UTF_8));
        refuses(check(files, TRUST, null), Fault.MALFORMED, "witnesses");
    }

    @Test
    void checksALogAtAnAddressAndSaysThatThereWereNoEntries() throws Exception {
        TestLog log = TestLog.of(700);
        TreeMap<String, byte[]> files = log.served();
        files.keySet().removeIf(path -> path.startsWith("tile/entries/") || path.startsWith("vkey"));
        byte[] earlier = TestLog.of(300).checkpoint(TreeHash.SHA_256).encode();
        HttpServer server = serve(files);
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/log");
            Report report = LogCheck.check(address, TRUST, earlier);
            assertEquals(Optional.empty(), report.fault());
            assertEquals(1, report.checked(Checked.CONSISTENCY));
            assertEquals(Set.of(Remark.ENTRIES_NOT_CHECKED), report.remarks());
            files.get("tile/1/000.p/2")[0] ^= 1;
            refuses(LogCheck.check(address, TRUST, earlier), Fault.TILE_DIFFERS, "tile/1/000.p/2");
        } finally {
            server.stop(0);
        }
        refuses(
                LogCheck.check(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/log"), TRUST, null),
                Fault.UNREADABLE,
                "vkey");
    }

    private static HttpServer serve(Map<String, byte[]> files) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/log/", exchange -> {
            byte[] bytes = files.get(exchange.getRequestURI().getPath().substring("/log/".length()));
            exchange.sendResponseHeaders(bytes == null ? 404 : 200, bytes == null ? -1 : bytes.length);
            if (bytes != null) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    /** One key that signs two trees: the key of the other tree follows from the one that was given. */
    @Test
    void checksBothTreesByOneKey() throws Exception {
        List<VerifierKey> one = List.of(TestLog.ED25519.verifierKey());
        Report report =
                check(TestLog.of(3).served(), new Trust(one, TestLog.trusted(), 2, List.of(), TestParties.NOW), null);
        assertEquals(Optional.empty(), report.fault());
        assertEquals(Set.of(Remark.ONE_KIND_OF_KEY), report.remarks());
    }

    @Test
    void wantsTheEntriesOfAFolderUnlessToldThatItHasNone() throws Exception {
        TreeMap<String, byte[]> files = TestLog.of(300).served();
        files.keySet().removeIf(path -> path.startsWith("tile/entries/"));
        refuses(check(files, TRUST, null), Fault.FILE_MISSING, "tile/entries/000");
        Path log = Files.createTempDirectory(folder, "log");
        TestBundle.unpack(files, log);
        Report report = LogCheck.check(log, TRUST, null, true);
        assertEquals(Optional.empty(), report.fault());
        assertEquals(Set.of(Remark.ENTRIES_NOT_CHECKED), report.remarks());
    }

    private Report check(Map<String, byte[]> files, Trust trust, byte[] since) throws IOException {
        Path log = Files.createTempDirectory(folder, "log");
        TestBundle.unpack(files, log);
        return LogCheck.check(log, trust, since, false);
    }

    private static void refuses(Report report, Fault fault, String file) {
        FaultException found = report.fault().orElseThrow(() -> new AssertionError("accepted: " + report.lines()));
        assertEquals(fault, found.fault(), found.file());
        assertTrue(found.file().contains(file), found.file());
    }
}
