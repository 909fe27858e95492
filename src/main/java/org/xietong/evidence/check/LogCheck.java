package org.xietong.evidence.check;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Crypto;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TreeHash;

/**
 * Checks a whole log: that its entries, or where those are not to be had its leaf hashes, give every tile and both roots that were
 * signed, at the size that was signed, with nothing left out and nothing beside; and that it continues an earlier checkpoint. Reads
 * bundle by bundle.
 */
public final class LogCheck {
    private static final int MOST_NOTE_BYTES = 1 << 20;
    private static final String CHECKPOINT = "checkpoint";
    private static final String SM3 = "sm3/";

    private final LogFiles files;
    private final Trust trust;
    private final byte @Nullable [] since;
    private final boolean needsEntries;
    private final Report report = new Report();

    private LogCheck(LogFiles files, Trust trust, byte @Nullable [] since, boolean needsEntries) {
        this.needsEntries = needsEntries;
        this.files = files;
        this.trust = trust;
        this.since = since;
    }

    /**
     * A log in a folder. Never throws for what is in it: the report names the first fault.
     *
     * @param since an earlier checkpoint of the SHA-256 tree, which the reader kept, or null
     * @param hashesOnly whether it is a copy of the log's public side, which has no entries
     */
    public static Report check(Path folder, Trust trust, byte @Nullable [] since, boolean hashesOnly) {
        return check(new FolderLog(folder), trust, since, !hashesOnly);
    }

    /** A log at an address, whose entries are checked only where it gives them out unasked. */
    public static Report check(URI address, Trust trust, byte @Nullable [] since) {
        return check(new HttpLog(address), trust, since, false);
    }

    static Report check(LogFiles files, Trust trust, byte @Nullable [] since, boolean needsEntries) {
        return new LogCheck(files, trust, since, needsEntries).run();
    }

    private Report run() {
        Crypto.install();
        try {
            all();
        } catch (FaultException e) {
            report.failed(e);
        } catch (RuntimeException | StackOverflowError unforeseen) {
            report.failed(new FaultException(Fault.MALFORMED, CHECKPOINT));
        }
        return report;
    }

    private void all() throws FaultException {
        EnclosedKeys enclosed = EnclosedKeys.read(files);
        CheckpointCheck checkpoints = new CheckpointCheck(trust, enclosed.all(), enclosed.witnesses(), report);
        CheckpointCheck.Verified sha256 = checkpoint(checkpoints, TreeHash.SHA_256, CHECKPOINT);
        CheckpointCheck.Verified sm3 = checkpoint(checkpoints, TreeHash.SM3, SM3 + CHECKPOINT);
        checkpoints.requirePair(sha256, sm3, SM3 + CHECKPOINT);
        checkpoints.requireQuorum(sha256, CHECKPOINT);
        checkpoints.requireQuorum(sm3, SM3 + CHECKPOINT);
        enclosed.requireThatTheySigned(sha256.signed(), sm3.signed());
        long size = sha256.checkpoint().size();
        Optional<CheckpointCheck.Verified> earlier = earlier(checkpoints, sha256);
        Map<TreeHash, TreeCheck> trees = new EnumMap<>(TreeHash.class);
        trees.put(TreeHash.SHA_256, new TreeCheck(TreeHash.SHA_256, "", files, sha256.checkpoint(), report));
        trees.put(TreeHash.SM3, new TreeCheck(TreeHash.SM3, SM3, files, sm3.checkpoint(), report));
        earlier.ifPresent(one -> trees.get(TreeHash.SHA_256).awaits(one.checkpoint()));
        EntrySource entries = new EntrySource(files, report);
        boolean hasEntries = needsEntries || entries.areThere(size);
        if (!hasEntries) {
            report.remark(Remark.ENTRIES_NOT_CHECKED);
        }
        // No list of them: a size is a claim until the last bundle is there.
        for (long from = 0; from < size; from += TilePath.FULL) {
            TilePath.Entries bundle =
                    new TilePath.Entries(from / TilePath.FULL, (int) Math.min(TilePath.FULL, size - from));
            if (hasEntries) {
                List<byte[]> read = entries.bundle(bundle);
                for (TreeCheck tree : trees.values()) {
                    tree.entries(read);
                }
            } else {
                for (TreeCheck tree : trees.values()) {
                    tree.leaves(bundle);
                }
            }
        }
        for (TreeCheck tree : trees.values()) {
            tree.finish();
        }
        new Leftovers(files, trees.get(TreeHash.SHA_256), trees.get(TreeHash.SM3), entries, size).check();
    }

    private CheckpointCheck.Verified checkpoint(CheckpointCheck checkpoints, TreeHash tree, String path)
            throws FaultException {
        Optional<byte[]> note = files.read(path, MOST_NOTE_BYTES);
        if (note.isEmpty()) {
            throw new FaultException(Fault.FILE_MISSING, path);
        }
        return checkpoints.check(note.get(), tree, path);
    }

    private Optional<CheckpointCheck.Verified> earlier(CheckpointCheck checkpoints, CheckpointCheck.Verified newest)
            throws FaultException {
        if (since == null) {
            return Optional.empty();
        }
        CheckpointCheck.Verified earlier = checkpoints.check(since, TreeHash.SHA_256, "--since");
        if (!earlier.checkpoint().origin().equals(newest.checkpoint().origin())) {
            throw new FaultException(Fault.FORKED, "--since");
        }
        if (earlier.checkpoint().size() > newest.checkpoint().size()) {
            throw new FaultException(Fault.ROLLED_BACK, CHECKPOINT);
        }
        return Optional.of(earlier);
    }
}
