package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The yardstick that nobody here wrote: Go's {@code sumdb/note} and {@code sumdb/tlog} check what this room makes.
 * Skipped where Go is not installed; {@code src/test/go/check-log.sh --install} fetches it.
 */
class GoYardstickTest {
    private static final int SKIPPED = 77;
    private static final int SIZE = Trees.MOST;
    private static final List<Integer> EARLIER = List.of(1, 2, 255, 256, 300, 512, 999, 1_000);
    private static final List<Integer> RECEIPTS = List.of(0, 1, 255, 256, 511, 768, 998, 999);

    @TempDir
    private Path folder;

    @BeforeEach
    void writeLogAndProofs() throws IOException {
        List<NoteSigner> signers = List.of(LogKeys.ED25519, LogKeys.SM2);
        StringBuilder keys = new StringBuilder();
        signers.forEach(signer -> keys.append(signer.verifierKey()).append('\n'));
        keys.append(LogKeys.COURT.verifierKey()).append('\n');
        write("log/vkey", keys.toString());
        SignedCheckpoint head = LogKeys.signed(LogKeys.checkpoint(SIZE));
        head = head.with(LogKeys.COURT.cosign(head.checkpoint(), 1_790_000_000L));
        write("log/checkpoint", head.encode());
        MemoryTiles tiles = tiles();
        for (String path : tiles.tiles.keySet()) {
            write("log/" + path, tiles.tiles.get(path));
        }
        Prover prover = new Prover(TreeHash.SHA_256, new TileNodes(TreeHash.SHA_256, tiles, SIZE));
        for (int index : RECEIPTS) {
            TlogProof receipt = new TlogProof(new byte[] {1, 2, 3}, prover.inclusion(index, SIZE), head);
            write("receipts/" + index + ".tlog-proof", receipt.encode());
        }
        for (int size : EARLIER) {
            write(
                    "checkpoints/" + size,
                    LogKeys.signed(LogKeys.checkpoint(size)).encode());
            write(
                    "consistency/" + size + ".add-checkpoint",
                    new AddCheckpoint(prover.consistency(size, SIZE), head).encode());
        }
    }

    @Test
    void goAcceptsCheckpointTilesReceiptsAndConsistency() throws Exception {
        Said said = check();
        assertEquals(
                LogKeys.ORIGIN + ": 1000 entries, 8 receipts, 8 consistency proofs, 8 earlier checkpoints\n",
                said.text());
        assertEquals(0, said.code());
    }

    /** As everybody reads it from a server, who gets no entries: the leaves' hashes, and the same proofs. */
    @Test
    void goAcceptsALogThatIsServedWithoutItsEntries() throws Exception {
        try (Stream<Path> entries = Files.walk(folder.resolve("log/tile/entries"))) {
            for (Path path : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = SimpleFileServer.createFileServer(free, folder.toRealPath(), OutputLevel.NONE);
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/log";
            Files.delete(folder.resolve("receipts/0.tlog-proof"));
            Said said = check(url);
            assertEquals(
                    LogKeys.ORIGIN + ": 1000 leaf hashes, 7 receipts, 8 consistency proofs, 8 earlier checkpoints\n",
                    said.text());
            assertEquals(0, said.code());
            Path fork = folder.resolve("checkpoints/300");
            Checkpoint other = new Checkpoint(
                    LogKeys.ORIGIN, 300, Trees.of(TreeHash.SHA_256).roots.get(299));
            Files.write(fork, LogKeys.signed(other).encode());
            Files.delete(folder.resolve("consistency/300.add-checkpoint"));
            assertEquals(1, check(url).code(), "a fork");
        } finally {
            server.stop(0);
        }
    }

    /** Without this the one above would pass on a check that accepts everything. */
    @Test
    void goRefusesWhateverIsChanged() throws Exception {
        refuses("log/checkpoint", 60);
        refuses("log/tile/0/001", 77);
        refuses("log/tile/1/000.p/3", 5);
        refuses("log/tile/entries/002", 900);
        refuses("receipts/511.tlog-proof", 60);
        refuses("consistency/300.add-checkpoint", 20);
    }

    @Test
    void goRefusesACosignatureAtAnotherTime() throws Exception {
        String line = new String(Files.readAllBytes(folder.resolve("log/checkpoint")), StandardCharsets.UTF_8);
        int at = line.substring(0, line.indexOf("court.example/witness")).getBytes(StandardCharsets.UTF_8).length;
        refuses("log/checkpoint", at + "court.example/witness ".length() + 15);
    }

    private void refuses(String name, int at) throws Exception {
        Path file = folder.resolve(name);
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        bad[at] = (byte) (bad[at] == 'A' ? 'B' : 'A');
        Files.write(file, bad);
        assertEquals(1, check().code(), name);
        Files.write(file, good);
    }

    private static MemoryTiles tiles() {
        MemoryTiles tiles = new MemoryTiles();
        tiles.put(RightEdge.empty(TreeHash.SHA_256)
                .append(Trees.of(TreeHash.SHA_256).first(SIZE)));
        for (TilePath.Entries path : TileLayout.bundles(0, SIZE)) {
            List<byte[]> entries = new ArrayList<>();
            for (int i = 0; i < path.width(); i++) {
                entries.add(Trees.entry((int) path.index() * TilePath.FULL + i));
            }
            tiles.tiles.put(path.path(), new EntryBundle(entries).encode());
        }
        return tiles;
    }

    private record Said(int code, String text) {}

    private Said check() throws IOException, InterruptedException {
        return check(folder.resolve("log").toString());
    }

    private Said check(String log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("src/test/go/check-log.sh", log, folder.toString());
        builder.environment()
                .put("GOCACHE", Path.of("target/go-cache").toAbsolutePath().toString());
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        Assumptions.assumeTrue(code != SKIPPED, text);
        assertTrue(code == 0 || code == 1, text);
        return new Said(code, text);
    }

    private void write(String name, String text) throws IOException {
        write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
