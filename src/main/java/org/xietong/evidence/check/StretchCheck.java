package org.xietong.evidence.check;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.xietong.crypto.Crypto;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.EntryBundle;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.MissingTileException;
import org.xietong.evidence.Prover;
import org.xietong.evidence.TileNodes;
import org.xietong.evidence.TileSource;
import org.xietong.evidence.TreeHash;

/**
 * Checks an export of consecutive entries ({@code GET /v1/log/entries}) against the public side of the log: that line for line
 * each is the entry that the signed trees hold at its place, with none left out between the first and the last.
 */
public final class StretchCheck {
    private final LogFiles files;
    private final Trust trust;
    private final Path lines;
    private final long from;
    private final OptionalLong until;
    private final Report report = new Report();

    private StretchCheck(LogFiles files, Trust trust, Path lines, long from, OptionalLong until) {
        this.files = files;
        this.trust = trust;
        this.lines = lines;
        this.from = from;
        this.until = until;
    }

    /**
     * Never throws for what is in the files: the report names the first fault, and its line.
     *
     * @param log folder of the log's public side
     * @param lines an entry a line
     * @param from place of the first, from 0
     * @param until place behind the last; empty: the file's end is taken for it, so that entries may be missing there
     */
    public static Report check(Path log, Trust trust, Path lines, long from, OptionalLong until) {
        return new StretchCheck(new FolderLog(log), trust, lines, from, until).run();
    }

    /** As {@link #check(Path, Trust, Path, long, OptionalLong)}, against a log at an address, from which entries are not asked for. */
    public static Report check(URI log, Trust trust, Path lines, long from, OptionalLong until) {
        return new StretchCheck(new HttpLog(log), trust, lines, from, until).run();
    }

    private Report run() {
        Crypto.install();
        try {
            all();
        } catch (FaultException e) {
            report.failed(e);
        } catch (RuntimeException | StackOverflowError unforeseen) {
            report.failed(new FaultException(Fault.MALFORMED, name(0)));
        }
        return report;
    }

    private void all() throws FaultException {
        SignedHeads heads = SignedHeads.read(files, trust, report);
        Map<TreeHash, Tree> trees = new EnumMap<>(TreeHash.class);
        trees.put(
                TreeHash.SHA_256, new Tree(TreeHash.SHA_256, "", heads.sha256().checkpoint()));
        trees.put(
                TreeHash.SM3,
                new Tree(TreeHash.SM3, SignedHeads.SM3, heads.sm3().checkpoint()));
        long place = from;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(lines))) {
            for (Optional<byte[]> entry = line(in, 1); entry.isPresent(); entry = line(in, place - from + 1)) {
                EntryText.parse(entry.get(), name(place - from + 1));
                if (place >= heads.size()) {
                    throw new FaultException(Fault.BEYOND_THE_LOG, name(place - from + 1));
                }
                for (Tree tree : trees.values()) {
                    tree.requireAt(place, entry.get());
                }
                report.count(Checked.ENTRIES);
                place++;
            }
        } catch (IOException e) {
            throw new FaultException(Fault.UNREADABLE, name(place - from + 1));
        }
        if (until.isPresent() && place != until.getAsLong()) {
            throw new FaultException(Fault.ENTRIES_MISSING, name(place - from + 1));
        }
        if (place == from) {
            throw new FaultException(Fault.NOTHING, name(0));
        }
    }

    /** The bytes before the next line feed, which must be there; empty at the end. */
    private Optional<byte[]> line(InputStream in, long number) throws IOException, FaultException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 && line.size() == 0) {
                return Optional.empty();
            }
            if (next < 0) {
                throw new FaultException(Fault.MALFORMED, name(number));
            }
            if (line.size() > EntryBundle.LONGEST) {
                throw new FaultException(Fault.ENTRY_FORM, name(number));
            }
            line.write(next);
        }
        return Optional.of(line.toByteArray());
    }

    private String name(long line) {
        String file = String.valueOf(lines.getFileName());
        return line == 0 ? file : file + ':' + line;
    }

    /** One of the trees, as its tiles have it; they are held against the signed root with each entry. */
    private final class Tree {
        private final TreeHash hash;
        private final String prefix;
        private final Checkpoint head;
        private final Prover prover;

        Tree(TreeHash hash, String prefix, Checkpoint head) {
            this.hash = hash;
            this.prefix = prefix;
            this.head = head;
            TileSource tiles = path -> {
                try {
                    return files.read(prefix + path.path(), EntrySource.MOST_BYTES);
                } catch (FaultException e) {
                    throw new UnreadableException(e);
                }
            };
            this.prover = new Prover(hash, new TileNodes(hash, tiles, head.size()));
        }

        void requireAt(long place, byte[] entry) throws FaultException {
            String line = name(place - from + 1);
            try {
                if (!prover.inclusion(place, head.size()).holds(hash, hash.leaf(entry), head.root())) {
                    throw new FaultException(Fault.INCLUSION, line);
                }
                report.count(Checked.PROOFS);
            } catch (UnreadableException e) {
                throw e.fault;
            } catch (MissingTileException e) {
                throw new FaultException(Fault.FILE_MISSING, prefix + e.getMessage());
            } catch (MalformedEvidenceException e) {
                throw new FaultException(Fault.MALFORMED, line);
            } catch (IOException e) {
                throw new FaultException(Fault.UNREADABLE, line);
            }
        }
    }

    private static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient FaultException fault;

        UnreadableException(FaultException fault) {
            super(fault);
            this.fault = fault;
        }
    }
}
