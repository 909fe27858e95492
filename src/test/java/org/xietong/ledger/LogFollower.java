package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.xietong.crypto.BareKey;
import org.xietong.crypto.KeyFile;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.Prover;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TileNodes;
import org.xietong.evidence.TileSource;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.UnverifiedNoteException;
import org.xietong.evidence.VerifierKey;
import org.xietong.testing.City;

/**
 * Somebody on the network who keeps every checkpoint of both trees that he was ever given, trusts nothing but the log's
 * keys, which he has from elsewhere, and would notice a fork or a step back. Thread-safe.
 */
final class LogFollower {
    private static final String ORIGIN = "xietong.xianning.example/log";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long STALE = Duration.ofSeconds(1).toNanos();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<TreeHash, List<VerifierKey>> keys = new EnumMap<>(TreeHash.class);
    private final Map<TreeHash, NavigableMap<Long, Checkpoint>> seen = new EnumMap<>(TreeHash.class);
    private final Map<TreeHash, Long> proven = new EnumMap<>(TreeHash.class);
    private final List<Shown> shown = new ArrayList<>();

    private record Shown(TreeHash tree, URI base, long at, long size) {}

    LogFollower(City city) throws IOException {
        for (TreeHash tree : TreeHash.values()) {
            keys.put(
                    tree,
                    List.of(
                            key(city, tree, "log-intl", SignatureType.ED25519),
                            key(city, tree, "log-gm", SignatureType.SM2)));
            seen.put(tree, new TreeMap<>());
            proven.put(tree, -1L);
        }
    }

    /**
     * Takes the newest checkpoint of both trees; a replica that does not answer is passed over. What one replica shows never goes back, and
     * none shows less than any has shown a second before: so old a checkpoint may be (deploy/README.md, "What to watch").
     */
    void look(URI base) throws MalformedEvidenceException, UnverifiedNoteException {
        for (TreeHash tree : TreeHash.values()) {
            long before = atLeast(tree, base, System.nanoTime());
            Optional<byte[]> note;
            try {
                note = get(base, prefix(tree) + "checkpoint");
            } catch (IOException dead) {
                // killed, or not yet up
                return;
            }
            if (note.isPresent()) {
                long size = take(tree, note.get());
                assertTrue(size >= before, "the log went back from " + before + " to " + size);
                synchronized (this) {
                    shown.add(new Shown(tree, base, System.nanoTime(), size));
                }
            }
        }
    }

    private synchronized long atLeast(TreeHash tree, URI base, long now) {
        return shown.stream()
                .filter(one -> one.tree() == tree && (one.base().equals(base) || now - one.at() > STALE))
                .mapToLong(Shown::size)
                .max()
                .orElse(0);
    }

    private long take(TreeHash tree, byte[] note) throws MalformedEvidenceException, UnverifiedNoteException {
        SignedCheckpoint signed = SignedCheckpoint.parse(note);
        List<VerifierKey> both = keys.get(tree);
        assertTrue(signed.verify(both.getFirst(), both).isSignedBy(both.getLast()), "not signed with SM2");
        Checkpoint checkpoint = signed.checkpoint();
        assertEquals(origin(tree), checkpoint.origin());
        synchronized (this) {
            Checkpoint other = seen.get(tree).putIfAbsent(checkpoint.size(), checkpoint);
            if (other != null) {
                assertArrayEquals(other.root(), checkpoint.root(), "a fork at size " + checkpoint.size());
            }
        }
        return checkpoint.size();
    }

    /**
     * Proves each checkpoint that came since the last time consistent with the one before it, and the newest with the first, by
     * tiles fetched over HTTP.
     *
     * @return how many proofs held
     */
    int prove(URI base) throws IOException {
        int proofs = 0;
        for (TreeHash tree : TreeHash.values()) {
            NavigableMap<Long, Checkpoint> all = checkpoints(tree);
            if (all.isEmpty()) {
                continue;
            }
            Checkpoint from =
                    all.floorEntry(Math.max(proven.get(tree), all.firstKey())).getValue();
            for (Checkpoint to : all.tailMap(from.size(), false).values()) {
                assertConsistent(base, tree, from, to);
                from = to;
                proofs++;
            }
            assertConsistent(base, tree, all.firstEntry().getValue(), from);
            proven.put(tree, from.size());
        }
        return proofs;
    }

    private void assertConsistent(URI base, TreeHash tree, Checkpoint first, Checkpoint second) throws IOException {
        Prover prover = new Prover(tree, new TileNodes(tree, tiles(base, tree), second.size()));
        assertTrue(
                prover.consistency(first.size(), second.size()).holds(tree, first.root(), second.root()),
                () -> tree + ": " + first.size() + " is no beginning of " + second.size());
    }

    /** Proves that the newest checkpoints cover this entry at this place. */
    void proveInclusion(URI base, long position, byte[] entry) throws IOException {
        for (TreeHash tree : TreeHash.values()) {
            Checkpoint head = newest(tree).orElseThrow();
            Prover prover = new Prover(tree, new TileNodes(tree, tiles(base, tree), head.size()));
            assertTrue(prover.inclusion(position, head.size()).holds(tree, tree.leaf(entry), head.root()));
        }
    }

    synchronized Optional<Checkpoint> newest(TreeHash tree) {
        return Optional.ofNullable(seen.get(tree).lastEntry()).map(Map.Entry::getValue);
    }

    /** Leaves that both trees were seen to cover. */
    long covered() {
        return Math.min(size(TreeHash.SHA_256), size(TreeHash.SM3));
    }

    private long size(TreeHash tree) {
        return newest(tree).map(Checkpoint::size).orElse(0L);
    }

    synchronized NavigableMap<Long, Checkpoint> checkpoints(TreeHash tree) {
        return new TreeMap<>(seen.get(tree));
    }

    TileSource tiles(URI base, TreeHash tree) {
        return path -> get(base, prefix(tree) + path.path());
    }

    /** What is there, or is not (404). A replica that cannot look now (503) says neither, and is asked again for a while. */
    private Optional<byte[]> get(URI base, String path) throws IOException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                HttpResponse<byte[]> answer = http.send(
                        HttpRequest.newBuilder(base.resolve(path))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() != 503 || System.nanoTime() - until > 0) {
                    return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
                }
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static VerifierKey key(City city, TreeHash tree, String name, SignatureType type) throws IOException {
        var file = city.keys().platformKey(name);
        char[] password =
                Files.readString(file.resolveSibling("password")).strip().toCharArray();
        return VerifierKey.of(
                origin(tree), type, BareKey.of(KeyFile.open(file, password).certificate()));
    }

    private static String prefix(TreeHash tree) {
        return tree == TreeHash.SM3 ? "/log/sm3/" : "/log/";
    }

    private static String origin(TreeHash tree) {
        return tree == TreeHash.SM3 ? ORIGIN + "/sm3" : ORIGIN;
    }
}
