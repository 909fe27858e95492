package org.xietong.evidence.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xietong.evidence.EntryBundle;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.TilePath;

/**
 * What else lies in a log's folder. A log may keep the partial tiles of its earlier sizes (c2sp.org/tlog-tiles); everything else,
 * and everything past the signed size, does not belong there.
 */
final class Leftovers {
    private static final String SM3 = "sm3/";
    private static final Set<String> KNOWN = Set.of("checkpoint", "sm3/checkpoint", "vkey", "vkeys", "witnesses");

    private final LogFiles files;
    private final TreeCheck sha256;
    private final TreeCheck sm3;
    private final EntrySource entries;
    private final long size;

    Leftovers(LogFiles files, TreeCheck sha256, TreeCheck sm3, EntrySource entries, long size) {
        this.files = files;
        this.sha256 = sha256;
        this.sm3 = sm3;
        this.entries = entries;
        this.size = size;
    }

    void check() throws FaultException {
        for (String path : files.all()) {
            if (!KNOWN.contains(path)) {
                check(path);
            }
        }
    }

    private void check(String path) throws FaultException {
        boolean isSm3 = path.startsWith(SM3);
        try {
            switch (TilePath.parse(isSm3 ? path.substring(SM3.length()) : path)) {
                case TilePath.Hashes tile -> {
                    int width = width(tile.index(), tile.level());
                    requireWithin(tile, width, path);
                    if (tile.width() < width) {
                        (isSm3 ? sm3 : sha256).requireBeginning(tile, width);
                    }
                }
                case TilePath.Entries bundle -> {
                    int width = width(bundle.index(), 0);
                    requireWithin(bundle, isSm3 ? 0 : width, path);
                    if (bundle.width() < width) {
                        requireBeginning(bundle, width);
                    }
                }
            }
        } catch (MalformedEvidenceException notATile) {
            throw new FaultException(Fault.FILE_ADDED, path);
        }
    }

    /** How wide that tile is in the tree that was signed; 0 or less if it is not in it. */
    private int width(long index, int level) {
        long hashes = level * TilePath.HEIGHT >= Long.SIZE ? 0 : size >> (level * TilePath.HEIGHT);
        return index > hashes / TilePath.FULL ? 0 : (int) Math.min(TilePath.FULL, hashes - index * TilePath.FULL);
    }

    private static void requireWithin(TilePath tile, int width, String path) throws FaultException {
        if (tile.width() > width) {
            throw new FaultException(Fault.FILE_ADDED, path);
        }
    }

    private void requireBeginning(TilePath.Entries bundle, int width) throws FaultException {
        List<byte[]> whole = entries.bundle(new TilePath.Entries(bundle.index(), width));
        Optional<byte[]> part = files.read(bundle.path(), EntrySource.MOST_BYTES);
        if (part.filter(bytes -> Arrays.equals(bytes, new EntryBundle(whole.subList(0, bundle.width())).encode()))
                .isEmpty()) {
            throw new FaultException(Fault.TILE_DIFFERS, bundle.path());
        }
    }
}
