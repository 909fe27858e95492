package org.xietong.evidence.check;

import java.util.List;
import java.util.Optional;
import org.xietong.evidence.EntryBundle;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.TileLayout;
import org.xietong.evidence.TilePath;

/** The entries of a log, bundle by bundle, each of them canonical. */
final class EntrySource {
    static final int MOST_BYTES = TilePath.FULL * (EntryBundle.LONGEST + 2);

    private final LogFiles files;
    private final Report report;

    EntrySource(LogFiles files, Report report) {
        this.files = files;
        this.report = report;
    }

    /** Whether there are entries at all; if the first are there, all must be. */
    boolean areThere(long size) throws FaultException {
        List<TilePath.Entries> bundles = TileLayout.bundles(0, Math.min(size, TilePath.FULL));
        if (bundles.isEmpty()) {
            return true;
        }
        for (String path : files.all()) {
            if (path.startsWith("tile/entries/")) {
                return true;
            }
        }
        return files.read(bundles.getFirst().path(), MOST_BYTES).isPresent();
    }

    List<byte[]> bundle(TilePath.Entries path) throws FaultException {
        List<byte[]> entries = parse(path);
        for (byte[] entry : entries) {
            EntryText.parse(entry, path.path());
        }
        report.count(Checked.ENTRIES, entries.size());
        return entries;
    }

    private List<byte[]> parse(TilePath.Entries path) throws FaultException {
        Optional<byte[]> bytes = files.read(path.path(), MOST_BYTES);
        if (bytes.isEmpty()) {
            throw new FaultException(Fault.FILE_MISSING, path.path());
        }
        try {
            return EntryBundle.parse(path, bytes.get()).entries();
        } catch (MalformedEvidenceException e) {
            throw new FaultException(Fault.MALFORMED, path.path());
        }
    }
}
