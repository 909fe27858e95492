package org.xietong.evidence;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Where tiles lie: a directory, a server, a database. What comes from it need not be trusted. */
@FunctionalInterface
public interface TileSource {
    /**
     * The bytes of this very tile; empty if there is none of this width.
     *
     * @throws IOException if it cannot be known
     */
    Optional<byte[]> read(TilePath path) throws IOException;

    /**
     * The bytes of a tile, cut from the full one where the partial one is gone, which a log may delete.
     *
     * @throws MissingTileException if neither is there
     * @throws MalformedEvidenceException if what is there has the wrong length
     */
    default Tile tile(TilePath.Hashes path) throws IOException {
        Optional<byte[]> exact = read(path);
        if (exact.isPresent()) {
            return Tile.parse(path, exact.get());
        }
        Optional<byte[]> full = path.isFull() ? Optional.empty() : read(path.full());
        Tile whole = Tile.parse(path.full(), full.orElseThrow(() -> new MissingTileException(path)));
        return new Tile(path, Arrays.copyOf(whole.bytes(), path.width() * TreeHash.SIZE));
    }

    /**
     * The entries of a bundle, as many as the path says, cut from the full bundle where the partial one is gone.
     *
     * @throws MissingTileException if neither is there
     * @throws MalformedEvidenceException if what is there cannot be read
     */
    default EntryBundle bundle(TilePath.Entries path) throws IOException {
        Optional<byte[]> exact = read(path);
        if (exact.isPresent()) {
            return EntryBundle.parse(path, exact.get());
        }
        Optional<byte[]> full = path.isFull() ? Optional.empty() : read(path.full());
        EntryBundle whole = EntryBundle.parse(path.full(), full.orElseThrow(() -> new MissingTileException(path)));
        return new EntryBundle(whole.entries().subList(0, path.width()));
    }
}
