package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.xietong.agency.Caller;
import org.xietong.audit.Inquiries;
import org.xietong.evidence.EntryBundle;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.TilePath;
import org.xietong.ledger.LogEntries;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Download;
import org.xietong.record.Trace;

/**
 * Hands the log's entries to auditors, exact bytes, so that a tool of their own computes both trees again and counts whom it likes
 * (I6). Entries tell time, agency and salted digests; an export is one exchange, however long it is.
 */
@ApplicationScoped
public class LogExports {
    /** The type of an entry bundle. */
    public static final String BUNDLE = "application/octet-stream";
    /** The type of a stretch of entries. */
    public static final String LINES = "application/x-ndjson";
    /** The most entries of one export. */
    public static final int MOST = 65_536;

    private static final int LINE_FEED = '\n';

    private final LogEntries log;
    private final Spool spool;

    LogExports(LogEntries log, Spool spool) {
        this.log = log;
        this.spool = spool;
    }

    /**
     * A bundle of up to 256 entries (c2sp.org/tlog-tiles, "Log entries").
     *
     * @param path index and width as in {@link TilePath.Entries}, without {@code tile/entries/}
     * @throws ProblemException NOT_FOUND for a path of another form, and for one beyond the log's end
     */
    public Download bundle(Caller caller, Trace trace, String path) {
        trace.decided("LOG_BUNDLE", "-");
        Inquiries.requireAuditor(caller);
        TilePath.Entries place = place(path);
        long size = log.size();
        if (place.index() > size / TilePath.FULL || place.index() * TilePath.FULL + place.width() > size) {
            throw notFound();
        }
        long from = place.index() * TilePath.FULL;
        String name = "entries-" + from + "-" + (from + place.width()) + ".bundle";
        return spool.write(caller.system(), BUNDLE, name, out -> {
            List<byte[]> entries = new ArrayList<>(place.width());
            log.read(from, from + place.width(), entries::add);
            out.write(new EntryBundle(entries).encode());
        });
    }

    /**
     * The entries from one place to before another, each on a line of its own: canonical JSON (RFC 8785) holds no line feed, so
     * that the bytes between two of them are the leaf.
     *
     * @throws ProblemException INVALID_QUERY for no entries, for too many, and for some that are not there yet
     */
    public Download lines(Caller caller, Trace trace, long from, long until) {
        trace.decided("LOG_ENTRIES", "-");
        Inquiries.requireAuditor(caller);
        if (from >= until || until - from > MOST) {
            throw fault("RANGE");
        }
        if (until > log.size()) {
            throw fault("BEYOND_THE_LOG");
        }
        String name = "entries-" + from + "-" + until + ".ndjson";
        return spool.write(caller.system(), LINES, name, out -> log.read(from, until, entry -> writeLine(entry, out)));
    }

    private static void writeLine(byte[] entry, OutputStream out) throws IOException {
        for (byte b : entry) {
            if (b == LINE_FEED) {
                throw new IOException("an entry is not canonical JSON");
            }
        }
        out.write(entry);
        out.write(LINE_FEED);
    }

    private static TilePath.Entries place(String path) {
        try {
            if (TilePath.parse("tile/entries/" + path) instanceof TilePath.Entries place) {
                return place;
            }
        } catch (MalformedEvidenceException e) {
            throw notFound();
        }
        throw notFound();
    }

    private static ProblemException fault(String rule) {
        return new ProblemException(ProblemType.INVALID_QUERY, new FieldFault("until", rule));
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND);
    }
}
