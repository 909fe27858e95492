package org.xietong.evidence.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.EntryBundle;
import org.xietong.evidence.TreeHash;

/**
 * 10,000 mutations of a stored log and of bundles, each of them detected (exchange-log, "Tests that the log must have"): files and
 * entries edited, deleted, inserted, reordered, cut short, the tail computed again, yesterday's state restored.
 */
class MutationsTest {
    private static final long SEED = 20_261_128;
    private static final int OF_SMALL_LOG = 7_600;
    private static final int OF_LARGE_LOG = 400;
    private static final int OF_BUNDLE = 1_200;
    private static final int UNDER_A_TRUE_MANIFEST = 100;
    private static final int OF_ZIP = 700;

    private static final Trust TRUST = new Trust(TestLog.keys(), TestLog.trusted(), 2, List.of(), TestParties.NOW);

    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    @Test
    void everyMutationOfALogIsDetected() throws IOException {
        mutate(TestLog.of(12), TestLog.of(7), OF_SMALL_LOG);
        mutate(TestLog.of(270), TestLog.of(256), OF_LARGE_LOG);
    }

    private void mutate(TestLog log, TestLog yesterday, int times) throws IOException {
        TreeMap<String, byte[]> served = log.served();
        byte[] kept = log.checkpoint(TreeHash.SHA_256).encode();
        assertTrue(LogCheck.check(new Memory(served), TRUST, kept, true).accepted(), "unchanged, it is accepted");
        for (int i = 0; i < times; i++) {
            TreeMap<String, byte[]> files = new TreeMap<>(served);
            String what = mutate(log, yesterday, files);
            assertFalse(
                    LogCheck.check(new Memory(files), TRUST, kept, true).accepted(),
                    () -> "not detected: " + what + ", seed " + SEED);
        }
    }

    private String mutate(TestLog log, TestLog yesterday, TreeMap<String, byte[]> files) throws IOException {
        int kind = random.nextInt(100);
        if (kind < 4) {
            files.clear();
            files.putAll(yesterday.served());
            return "yesterday's log";
        }
        if (kind < 12) {
            return computeAgain(log, files, kind < 8);
        }
        if (kind < 40) {
            return mutateEntries(log, files);
        }
        String path = pick(files);
        byte[] bytes = files.get(path);
        if (kind < 50 && !path.startsWith("vkey")) {
            files.remove(path);
            return "without " + path;
        }
        if (kind < 60) {
            String other = pick(files);
            if (!Arrays.equals(files.get(other), bytes)) {
                files.put(path, files.put(other, bytes));
                return path + " and " + other + " exchanged";
            }
        }
        if (kind < 65) {
            String added = path + (random.nextBoolean() ? "x" : ".p/" + (1 + random.nextInt(255)));
            if (!files.containsKey(added)) {
                files.put(added, new byte[32]);
                return added + " added";
            }
        }
        files.put(path, edited(bytes));
        return path + " edited";
    }

    /** Whoever has no key computes all tiles again; whoever has the log's keys signs, too, but has no witnesses. */
    private String computeAgain(TestLog log, TreeMap<String, byte[]> files, boolean signs) {
        TestLog forged = new TestLog();
        forged.entries.addAll(log.entries);
        int at = random.nextInt(forged.size());
        forged.entries.set(at, TestLog.entry(at, "COURT-" + random.nextInt(1_000_000)));
        forged.grow();
        forged.served().forEach((path, bytes) -> {
            if (path.contains("tile/")) {
                files.put(path, bytes);
            }
        });
        if (signs) {
            files.put("checkpoint", forged.checkpoint(TreeHash.SHA_256).encode());
            files.put("sm3/checkpoint", forged.checkpoint(TreeHash.SM3).encode());
        }
        return "the tail from " + at + " computed again" + (signs ? " and signed" : "");
    }

    private String mutateEntries(TestLog log, TreeMap<String, byte[]> files) {
        int first = 256 * random.nextInt((log.size() + 255) / 256);
        int last = Math.min(first + 256, log.size());
        List<byte[]> entries = new ArrayList<>(log.entries.subList(first, last));
        int at = random.nextInt(entries.size());
        String what = switch (random.nextInt(4)) {
            case 0 -> {
                entries.set(at, edited(entries.get(at)));
                yield "edited";
            }
            case 1 -> {
                if (entries.size() > 1) {
                    entries.remove(at);
                } else {
                    entries.set(at, new byte[0]);
                }
                yield "deleted";
            }
            case 2 -> {
                if (entries.size() < 256) {
                    entries.add(at, TestLog.entry(random.nextInt(1_000_000) + 1_000, "COURT-421200"));
                } else {
                    entries.set(at, TestLog.entry(random.nextInt(1_000_000) + 1_000, "COURT-421200"));
                }
                yield "inserted";
            }
            default -> {
                if (entries.size() > 1) {
                    Collections.swap(entries, at, (at + 1) % entries.size());
                } else {
                    entries.set(at, edited(entries.get(at)));
                }
                yield "reordered";
            }
        };
        String path = "tile/entries/%03d".formatted(first / 256) + (last - first == 256 ? "" : ".p/" + (last - first));
        files.put(path, new EntryBundle(entries).encode());
        return "entry " + (first + at) + " " + what;
    }

    @Test
    void everyMutationOfABundlesFilesIsDetected() throws IOException {
        TreeMap<String, byte[]> packed = TestBundle.unzip(new TestBundle().zip());
        assertEquals(Optional.empty(), check(TestBundle.repack(packed)).fault());
        for (int i = 0; i < OF_BUNDLE; i++) {
            TreeMap<String, byte[]> files = new TreeMap<>(packed);
            String path = pick(files);
            byte[] bytes = files.get(path);
            switch (random.nextInt(5)) {
                case 0 -> files.remove(path);
                case 1 -> files.put(path + "x", bytes);
                case 2 -> {
                    String other = pick(files);
                    if (Arrays.equals(files.get(other), bytes)) {
                        files.put(path, edited(bytes));
                    } else {
                        files.put(path, files.put(other, bytes));
                    }
                }
                default -> files.put(path, edited(bytes));
            }
            assertFalse(check(TestBundle.repack(files)).accepted(), () -> "not detected at " + path + ", seed " + SEED);
        }
    }

    /** Who can sign manifests cannot change what was signed, committed to, and logged before. */
    @Test
    void everyEditUnderATrueManifestIsDetected() throws IOException {
        TestBundle bundle = new TestBundle();
        TreeMap<String, byte[]> true_ = new TreeMap<>(bundle.files);
        List<String> evidence = true_.keySet().stream()
                .filter(path -> path.startsWith("exchanges/") || path.startsWith("checkpoints/checkpoint"))
                .toList();
        for (int i = 0; i < UNDER_A_TRUE_MANIFEST; i++) {
            bundle.files.clear();
            bundle.files.putAll(true_);
            String path = evidence.get(random.nextInt(evidence.size()));
            bundle.files.put(path, edited(true_.get(path)));
            assertFalse(check(bundle.zip()).accepted(), () -> "not detected at " + path + ", seed " + SEED);
        }
    }

    /** Bytes of the zip format that say nothing may change; of what is in it, nothing. */
    @Test
    void aMutatedZipIsRefusedOrHoldsTheSameFiles() throws IOException {
        byte[] zip = new TestBundle().zip();
        TreeMap<String, byte[]> files = TestBundle.unzip(zip);
        for (int i = 0; i < OF_ZIP; i++) {
            byte[] mutated = edited(zip);
            if (check(mutated).accepted()) {
                assertEquals(
                        hex(files),
                        hex(listed(folder.resolve("bundle.zip"))),
                        "accepted with other files, seed " + SEED);
            }
        }
    }

    private static Map<String, String> hex(Map<String, byte[]> files) {
        return files.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        file -> org.xietong.crypto.Digests.hex(file.getValue()),
                        (a, b) -> a,
                        TreeMap::new));
    }

    private static TreeMap<String, byte[]> listed(Path zip) throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (var entry : Collections.list(file.entries())) {
                files.put(entry.getName(), file.getInputStream(entry).readAllBytes());
            }
        }
        return files;
    }

    private Report check(byte[] zip) throws IOException {
        return BundleCheck.check(
                Files.write(folder.resolve("bundle.zip"), zip),
                BundleCheckTest.full(TestParties.NOW.plusSeconds(86_400)));
    }

    private String pick(TreeMap<String, byte[]> files) {
        List<String> paths = List.copyOf(files.keySet());
        return paths.get(random.nextInt(paths.size()));
    }

    /** A byte changed, inserted or taken out, or the end cut off. */
    private byte[] edited(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {1};
        }
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(4)) {
            case 0 -> concat(Arrays.copyOf(bytes, at), new byte[] {(byte) random.nextInt(256)}, bytes, at);
            case 1 -> concat(Arrays.copyOf(bytes, at), new byte[0], bytes, at + 1);
            case 2 -> Arrays.copyOf(bytes, at);
            default -> {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) (1 + random.nextInt(255));
                yield changed;
            }
        };
    }

    private static byte[] concat(byte[] head, byte[] middle, byte[] tail, int from) {
        byte[] all = Arrays.copyOf(head, head.length + middle.length + tail.length - from);
        System.arraycopy(middle, 0, all, head.length, middle.length);
        System.arraycopy(tail, from, all, head.length + middle.length, tail.length - from);
        return all;
    }

    private record Memory(Map<String, byte[]> files) implements LogFiles {
        @Override
        public Optional<byte[]> read(String path, int most) {
            return Optional.ofNullable(files.get(path));
        }

        @Override
        public List<String> all() {
            return List.copyOf(files.keySet());
        }
    }
}
