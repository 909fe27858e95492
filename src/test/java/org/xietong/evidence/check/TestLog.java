package org.xietong.evidence.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.EntryBundle;
import org.xietong.evidence.InclusionProof;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.Prover;
import org.xietong.evidence.RightEdge;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.Tile;
import org.xietong.evidence.TileLayout;
import org.xietong.evidence.TileNodes;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TileSource;
import org.xietong.evidence.TlogProof;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;

/** A log with both trees, its keys and two witnesses, and what it serves. */
final class TestLog {
    static final String ORIGIN = TestParties.AUTHORITY + "/log";
    static final long COSIGNED_AT = TestParties.NOW.getEpochSecond() + 60;

    static final NoteSigner ED25519 = signer(ORIGIN, SignatureType.ED25519, KeyAlgorithm.ED25519);
    static final NoteSigner SM2 = signer(ORIGIN, SignatureType.SM2, KeyAlgorithm.SM2);
    /** Of the same name, and not the log's. */
    static final NoteSigner OTHER = NoteSigner.of(
            ORIGIN,
            SignatureType.ED25519,
            TestParties.fresh(KeyAlgorithm.ED25519, "another").signer());

    static final NoteSigner ED25519_SM3 = signer(ORIGIN + "/sm3", SignatureType.ED25519, KeyAlgorithm.ED25519);
    static final NoteSigner SM2_SM3 = signer(ORIGIN + "/sm3", SignatureType.SM2, KeyAlgorithm.SM2);
    static final NoteSigner PROCURATORATE = witness("procuratorate.example/witness");
    static final NoteSigner COURT = witness("court.example/witness");

    final List<byte[]> entries = new ArrayList<>();
    private final Map<TreeHash, Map<String, byte[]>> tiles = new HashMap<>();
    private final Map<Checkpoint, SignedCheckpoint> signed = new HashMap<>();
    private final Map<TreeHash, RightEdge> edges = new HashMap<>();

    TestLog() {
        for (TreeHash tree : TreeHash.values()) {
            tiles.put(tree, new HashMap<>());
            edges.put(tree, RightEdge.empty(tree));
        }
    }

    private static NoteSigner signer(String name, SignatureType type, KeyAlgorithm algorithm) {
        return NoteSigner.of(name, type, TestParties.signer(algorithm));
    }

    private static NoteSigner witness(String name) {
        return NoteSigner.of(
                name,
                SignatureType.COSIGNATURE_V1,
                TestParties.fresh(KeyAlgorithm.ED25519, name).signer());
    }

    static List<VerifierKey> keys() {
        return List.of(ED25519.verifierKey(), SM2.verifierKey());
    }

    /** The same, as a reader trusts them. */
    static List<WitnessKey> trusted() {
        return witnesses().stream().map(WitnessKey::of).toList();
    }

    static List<VerifierKey> witnesses() {
        return List.of(PROCURATORATE.verifierKey(), COURT.verifierKey());
    }

    /** A log of as many entries of no special content. */
    static TestLog of(int size) {
        TestLog log = new TestLog();
        for (int i = 0; i < size; i++) {
            log.entries.add(entry(i, "POLICE-421200"));
        }
        log.grow();
        return log;
    }

    static byte[] entry(int i, String agency) {
        String hash = "%064x".formatted(i);
        return ("{\"agency\":\"%1$s\",\"id\":\"019aa9f2-0000-7000-8000-%2$012x\",\"parts\":{\"changed\":[],\"decision\":\"%3$s\","
                        + "\"disclosed\":[\"%3$s\"],\"request\":\"%3$s\",\"response\":\"%3$s\"},"
                        + "\"time\":\"2026-11-22T08:00:00.%4$03dZ\",\"v\":1}")
                .formatted(agency, i, hash, i % 1000)
                .getBytes(StandardCharsets.UTF_8);
    }

    int size() {
        return entries.size();
    }

    /** Takes in what was added to {@link #entries}. */
    void grow() {
        edges.replaceAll((tree, edge) -> {
            RightEdge.Growth growth = edge.append(entries.subList((int) edge.size(), entries.size()).stream()
                    .map(tree::leaf)
                    .toList());
            growth.finished().forEach(tile -> put(tree, tile));
            growth.edge().partialTiles().forEach(tile -> put(tree, tile));
            return growth.edge();
        });
    }

    private void put(TreeHash tree, Tile tile) {
        tiles.get(tree).put(tile.path().path(), tile.bytes());
    }

    /** Signed once, as SM2 signatures differ each time. */
    SignedCheckpoint checkpoint(TreeHash tree) {
        RightEdge edge = edges.get(tree);
        String origin = tree == TreeHash.SM3 ? ORIGIN + "/sm3" : ORIGIN;
        return signed.computeIfAbsent(new Checkpoint(origin, edge.size(), edge.root()), TestLog::signed);
    }

    /** As the log signs it, whatever it says. */
    static SignedCheckpoint signed(Checkpoint checkpoint) {
        return SignedCheckpoint.sign(
                checkpoint,
                checkpoint.origin().endsWith("/sm3") ? List.of(ED25519_SM3, SM2_SM3) : List.of(ED25519, SM2));
    }

    static SignedCheckpoint cosigned(SignedCheckpoint checkpoint) {
        return checkpoint
                .with(PROCURATORATE.cosign(checkpoint.checkpoint(), COSIGNED_AT))
                .with(COURT.cosign(checkpoint.checkpoint(), COSIGNED_AT));
    }

    TlogProof proof(TreeHash tree, int index) {
        try {
            TileSource source = path -> Optional.ofNullable(tiles.get(tree).get(path.path()));
            InclusionProof inclusion = new Prover(tree, new TileNodes(tree, source, size())).inclusion(index, size());
            return new TlogProof(inclusion, checkpoint(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything under {@code /log}, by path; the SHA-256 checkpoint cosigned. */
    TreeMap<String, byte[]> served() {
        TreeMap<String, byte[]> files = new TreeMap<>();
        for (TreeHash tree : TreeHash.values()) {
            String prefix = tree == TreeHash.SM3 ? "sm3/" : "";
            for (TilePath.Hashes path : TileLayout.finished(0, size())) {
                files.put(prefix + path.path(), tiles.get(tree).get(path.path()));
            }
            for (TilePath.Hashes path : TileLayout.partial(size())) {
                files.put(prefix + path.path(), tiles.get(tree).get(path.path()));
            }
            files.put(prefix + "checkpoint", cosigned(checkpoint(tree)).encode());
        }
        for (TilePath.Entries path : TileLayout.bundles(0, size())) {
            int from = (int) path.index() * TilePath.FULL;
            files.put(path.path(), new EntryBundle(entries.subList(from, from + path.width())).encode());
        }
        files.put("vkey", (ED25519.verifierKey() + "\n").getBytes(StandardCharsets.UTF_8));
        files.put(
                "vkeys",
                Stream.of(ED25519, SM2, ED25519_SM3, SM2_SM3)
                        .map(signer -> signer.verifierKey() + "\n")
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8));
        return files;
    }
}
