package org.xietong.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Signer;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.EntryBundle;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.RightEdge;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.Tile;
import org.xietong.evidence.TileLayout;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.check.LogCheck;
import org.xietong.evidence.check.Report;
import org.xietong.evidence.check.Trust;
import org.xietong.ledger.MeasuredLedger;

/** A log's folder as an auditor has it, both trees with all entries, and how fast the offline verifier checks it whole on one core. */
final class VerifiedLog implements AutoCloseable {
    private static final int ENTRIES = 50_000;
    private static final String ORIGIN = "bench.example/log";

    private final Path folder;
    private final Signer ed25519 = signer(KeyAlgorithm.ED25519);
    private final Signer sm2 = signer(KeyAlgorithm.SM2);

    private VerifiedLog(Path folder) {
        this.folder = folder;
    }

    static VerifiedLog make() throws IOException {
        VerifiedLog log = new VerifiedLog(Files.createTempDirectory("xietong-log"));
        List<byte[]> entries =
                Stream.generate(MeasuredLedger::entry).limit(ENTRIES).toList();
        for (TilePath.Entries path : TileLayout.bundles(0, ENTRIES)) {
            int from = (int) path.index() * TilePath.FULL;
            log.write(path.path(), new EntryBundle(entries.subList(from, from + path.width())).encode());
        }
        for (TreeHash tree : TreeHash.values()) {
            log.grow(tree, entries);
        }
        return log;
    }

    private void grow(TreeHash tree, List<byte[]> entries) throws IOException {
        String prefix = tree == TreeHash.SM3 ? "sm3/" : "";
        RightEdge.Growth growth =
                RightEdge.empty(tree).append(entries.stream().map(tree::leaf).toList());
        Map<String, Tile> tiles = new HashMap<>();
        growth.finished().forEach(tile -> tiles.put(tile.path().path(), tile));
        growth.edge().partialTiles().forEach(tile -> tiles.put(tile.path().path(), tile));
        for (Tile tile : tiles.values()) {
            write(prefix + tile.path().path(), tile.bytes());
        }
        String origin = tree == TreeHash.SM3 ? ORIGIN + "/sm3" : ORIGIN;
        List<NoteSigner> signers = List.of(
                NoteSigner.of(origin, SignatureType.ED25519, ed25519), NoteSigner.of(origin, SignatureType.SM2, sm2));
        Checkpoint head =
                new Checkpoint(origin, growth.edge().size(), growth.edge().root());
        write(prefix + "checkpoint", SignedCheckpoint.sign(head, signers).encode());
    }

    private static Signer signer(KeyAlgorithm algorithm) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return KeyFile.generate(algorithm, "bench", now, now.plus(Duration.ofDays(1)))
                .signer();
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /** Entries per second; what does not verify is no measurement. */
    double check(long atLeastNanos) throws BenchException {
        List<VerifierKey> keys = List.of(
                NoteSigner.of(ORIGIN, SignatureType.ED25519, ed25519).verifierKey(),
                NoteSigner.of(ORIGIN, SignatureType.SM2, sm2).verifierKey());
        Trust trust = new Trust(keys, List.of(), 0, List.of(), Instant.now());
        long count = 0;
        long begin = System.nanoTime();
        long nanos;
        do {
            Report report = LogCheck.check(folder, trust, null, false);
            if (!report.accepted()) {
                throw new BenchException("日志未通过核验：" + report.lines(), "the log does not verify: " + report.lines());
            }
            count += ENTRIES;
            nanos = System.nanoTime() - begin;
        } while (nanos < atLeastNanos);
        return count * 1e9 / nanos;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
