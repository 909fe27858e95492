package org.xietong.evidence.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.RightEdge;
import org.xietong.evidence.Tile;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TreeHash;

/** One of the trees, built again leaf by leaf, and held against the tiles that lie there and the root that was signed. */
final class TreeCheck {
    private final TreeHash hash;
    private final String prefix;
    private final LogFiles files;
    private final Checkpoint checkpoint;
    private final Report report;
    private @Nullable Checkpoint earlier;
    private RightEdge edge;

    /** @param prefix of the tree's files */
    TreeCheck(TreeHash hash, String prefix, LogFiles files, Checkpoint checkpoint, Report report) {
        this.hash = hash;
        this.prefix = prefix;
        this.files = files;
        this.checkpoint = checkpoint;
        this.report = report;
        this.edge = RightEdge.empty(hash);
    }

    /** The tree must pass through this head, of a size that it reaches. */
    void awaits(Checkpoint earlierHead) {
        earlier = earlierHead;
    }

    void entries(List<byte[]> entries) throws FaultException {
        List<byte[]> leaves = new ArrayList<>(entries.size());
        for (byte[] entry : entries) {
            leaves.add(hash.leaf(entry));
        }
        append(leaves);
    }

    /** The leaves as the log's own tile has them, where the entries are not to be had. */
    void leaves(TilePath.Entries bundle) throws FaultException {
        TilePath.Hashes path = new TilePath.Hashes(0, bundle.index(), bundle.width());
        byte[] bytes = stored(path);
        List<byte[]> leaves = new ArrayList<>(bundle.width());
        if (bytes.length != bundle.width() * TreeHash.SIZE) {
            throw new FaultException(Fault.MALFORMED, prefix + path.path());
        }
        for (int i = 0; i < bundle.width(); i++) {
            leaves.add(Arrays.copyOfRange(bytes, i * TreeHash.SIZE, (i + 1) * TreeHash.SIZE));
        }
        append(leaves);
    }

    private void append(List<byte[]> leaves) throws FaultException {
        requireConsistent(leaves);
        RightEdge.Growth growth = edge.append(leaves);
        for (Tile tile : growth.finished()) {
            requireStored(tile);
        }
        edge = growth.edge();
    }

    private void requireConsistent(List<byte[]> leaves) throws FaultException {
        Checkpoint head = earlier;
        if (head == null || head.size() < edge.size() || head.size() > edge.size() + leaves.size()) {
            return;
        }
        byte[] root = edge.append(leaves.subList(0, (int) (head.size() - edge.size())))
                .edge()
                .root();
        if (!Arrays.equals(root, head.root())) {
            throw new FaultException(Fault.FORKED, prefix + "checkpoint");
        }
        report.count(Checked.CONSISTENCY);
        earlier = null;
    }

    private void requireStored(Tile tile) throws FaultException {
        if (!Arrays.equals(stored(tile.path()), tile.bytes())) {
            throw new FaultException(Fault.TILE_DIFFERS, prefix + tile.path().path());
        }
        report.count(Checked.TILES);
    }

    private byte[] stored(TilePath.Hashes path) throws FaultException {
        Optional<byte[]> bytes = files.read(prefix + path.path(), TilePath.FULL * TreeHash.SIZE);
        if (bytes.isEmpty()) {
            throw new FaultException(Fault.FILE_MISSING, prefix + path.path());
        }
        return bytes.get();
    }

    /** After the last leaf: the partial tiles, and the root. */
    void finish() throws FaultException {
        requireConsistent(List.of());
        for (Tile tile : edge.partialTiles()) {
            requireStored(tile);
        }
        if (edge.size() != checkpoint.size() || !Arrays.equals(edge.root(), checkpoint.root())) {
            throw new FaultException(Fault.ROOT_DIFFERS, prefix + "checkpoint");
        }
    }

    /** A partial tile from before the log grew must be the beginning of what was checked. */
    void requireBeginning(TilePath.Hashes path, int width) throws FaultException {
        byte[] whole = stored(new TilePath.Hashes(path.level(), path.index(), width));
        byte[] part = stored(path);
        if (part.length != path.width() * TreeHash.SIZE || !Arrays.equals(part, Arrays.copyOf(whole, part.length))) {
            throw new FaultException(Fault.TILE_DIFFERS, prefix + path.path());
        }
    }
}
