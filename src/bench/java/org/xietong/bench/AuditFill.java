package org.xietong.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.sql.DataSource;
import org.xietong.crypto.Signer;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.RightEdge;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.Tile;
import org.xietong.evidence.TreeHash;
import org.xietong.ledger.Entry;
import org.xietong.ledger.EntryBuilder;
import org.xietong.ledger.ExchangeIndex;
import org.xietong.ledger.ExchangeRecord;
import org.xietong.ledger.Outcome;
import org.xietong.ledger.PartContent;
import org.xietong.ledger.SealedPart;
import org.xietong.ledger.Touched;

/**
 * Fills journal and ledger as if a city had exchanged so much: entries and parts of the size that real ones have, in both trees, under
 * one checkpoint. Every three seconds one exchange; a record is met six times, and so is whatever belongs to it, however long the log.
 */
final class AuditFill {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    static final int SECONDS_APART = 3;
    static final int UNITS = 40;
    static final int OFFICERS = 400;
    static final List<String> AGENCIES = List.of("MSA", "POLICE", "PROC", "COURT", "IPO", "COPYRIGHT");
    private static final int BATCH = 5_000;
    private static final int TILES = 200_000;
    private static final int RULES = 60;
    private static final String TILE = "INSERT INTO xietong.ledger_tile (tree, level, idx, hashes) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (tree, level, idx) DO UPDATE SET hashes = excluded.hashes";

    private static final byte[] HEAD = "{\"x\":\"".getBytes(StandardCharsets.US_ASCII);

    private final DataSource owner;
    private final Signer signer;
    private final SplittableRandom random = new SplittableRandom(421200);
    private final byte[] filler = filler();
    private final BinaryCopy entries = new BinaryCopy("journal_entry (id, time, agency, bytes)");
    private final BinaryCopy parts = new BinaryCopy("journal_part (entry_id, name, idx, salt, bytes)");
    private final BinaryCopy index = new BinaryCopy(
            "exchange_index (id, time, agency, unit, system, officer, operation, kind, outcome, rule, status, level)");
    private final BinaryCopy touched =
            new BinaryCopy("exchange_touched (entry_id, subject, thread, owner_unit, changed, time, parts)");
    private final BinaryCopy leaves = new BinaryCopy("ledger_leaf (position, entry_id)");
    private RightEdge sha256 = RightEdge.empty(TreeHash.SHA_256);
    private RightEdge sm3 = RightEdge.empty(TreeHash.SM3);

    AuditFill(DataSource owner, Signer signer) {
        this.owner = owner;
        this.signer = signer;
    }

    long size() {
        return sha256.size();
    }

    /** Of the exchange with this number, the same in every run. */
    static UUID id(long number) {
        long millis = time(number).toEpochMilli();
        return new UUID(millis << 16 | 0x7000L, Long.MIN_VALUE | number * 0x9E3779B97F4AL >>> 2);
    }

    static Instant time(long number) {
        return BEGIN.plusSeconds(number * SECONDS_APART);
    }

    static UUID subject(long number) {
        return new UUID(0x5L, number / 6);
    }

    static UUID thread(long number) {
        return new UUID(0x7L, number / 24);
    }

    static String unit(int number) {
        return AGENCIES.get(number % AGENCIES.size()) + "-" + number;
    }

    /** Adds exchanges until there are so many, signs the head, and has the statistics made anew. */
    void growTo(long size) throws Exception {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            while (size() < size) {
                add(connection, (int) Math.min(BATCH, size - size()));
                connection.commit();
                if (size() % TILES == 0) {
                    System.err.println("  " + size());
                }
            }
            put(connection, TreeHash.SHA_256, sha256.partialTiles());
            put(connection, TreeHash.SM3, sm3.partialTiles());
            sign(connection);
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE");
            }
        }
    }

    private void add(Connection connection, int count) throws Exception {
        List<byte[]> first = new ArrayList<>(count);
        List<byte[]> second = new ArrayList<>(count);
        long from = size();
        for (int i = 0; i < count; i++) {
            byte[] entry = row(from + i);
            first.add(TreeHash.SHA_256.leaf(entry));
            second.add(TreeHash.SM3.leaf(entry));
        }
        for (BinaryCopy copy : List.of(entries, parts, index, touched, leaves)) {
            copy.send(connection);
        }
        RightEdge.Growth grown = sha256.append(first);
        sha256 = grown.edge();
        put(connection, TreeHash.SHA_256, grown.finished());
        RightEdge.Growth grownSm3 = sm3.append(second);
        sm3 = grownSm3.edge();
        put(connection, TreeHash.SM3, grownSm3.finished());
    }

    private byte[] row(long number) throws Exception {
        int unit = random.nextInt(UNITS);
        boolean rare = number % 5_000 == 77;
        String agency = rare ? "MED" : AGENCIES.get(unit % AGENCIES.size());
        int dice = random.nextInt(100);
        Outcome outcome = dice < 92 ? Outcome.PERMIT : dice < 98 ? Outcome.DENY : Outcome.FAIL;
        boolean shows = outcome == Outcome.PERMIT;
        ExchangeIndex row = new ExchangeIndex(
                rare ? "MED-1" : unit(unit),
                rare ? "MED-1-cms" : unit(unit) + "-cms",
                "o-" + random.nextInt(OFFICERS),
                shows && dice < 20 ? "RECORD_AMEND" : "RECORD_READ",
                "kind" + random.nextInt(9),
                outcome,
                "R-" + random.nextInt(RULES),
                shows ? 200 : 404,
                shows ? number % 400 == 0 ? "WORK_SECRET" : "INTERNAL" : null,
                shows
                        ? List.of(new Touched(
                                subject(number), thread(number), unit((int) (number / 24 % UNITS)), dice < 20))
                        : List.of());
        Entry entry = EntryBuilder.build(
                new ExchangeRecord(id(number), time(number), agency, parts(row), row, List.of()));
        entries.row(entry.id(), time(number), agency, entry.bytes());
        for (SealedPart part : entry.parts()) {
            parts.row(entry.id(), part.name(), part.index(), part.salt(), part.bytes());
        }
        index.row(
                entry.id(),
                time(number),
                agency,
                row.unit(),
                row.system(),
                row.officer(),
                row.operation(),
                row.kind(),
                outcome.name(),
                row.rule(),
                row.status(),
                row.level());
        for (Touched one : row.touched()) {
            touched.row(
                    entry.id(), one.subject(), one.thread(), one.ownerUnit(), one.changed(), time(number), new int[] {0});
        }
        leaves.row(number, entry.id());
        return entry.bytes();
    }

    private List<PartContent> parts(ExchangeIndex row) {
        List<PartContent> contents = new ArrayList<>(List.of(
                PartContent.of(PartContent.REQUEST, json(1_100)),
                PartContent.of(PartContent.PURPOSE, json(140)),
                PartContent.of(PartContent.DECISION, json(90)),
                PartContent.of(PartContent.RESPONSE, json(650))));
        for (Touched one : row.touched()) {
            contents.add(new PartContent(PartContent.DISCLOSED, 0, json(320)));
            if (one.changed()) {
                contents.add(new PartContent(PartContent.CHANGED, 0, json(240)));
            }
        }
        return contents;
    }

    /** Random text, which does not compress well, as digests and signatures do not. */
    private byte[] json(int length) {
        byte[] bytes = new byte[length];
        System.arraycopy(filler, random.nextInt(filler.length - length), bytes, 0, length);
        System.arraycopy(HEAD, 0, bytes, 0, HEAD.length);
        bytes[length - 2] = '"';
        bytes[length - 1] = '}';
        return bytes;
    }

    private static byte[] filler() {
        SplittableRandom source = new SplittableRandom(2021);
        StringBuilder text = new StringBuilder();
        while (text.length() < 1 << 20) {
            text.append(Long.toString(source.nextLong(Long.MAX_VALUE), 36));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void put(Connection connection, TreeHash tree, List<Tile> made) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(TILE)) {
            for (Tile tile : made) {
                put.setString(1, tree.name());
                put.setInt(2, tile.path().level());
                put.setLong(3, tile.path().index());
                put.setBytes(4, tile.bytes());
                put.addBatch();
            }
            put.executeBatch();
        }
    }

    private void sign(Connection connection) throws Exception {
        try (PreparedStatement head = connection.prepareStatement(
                        "UPDATE xietong.ledger_head SET size = ?, sha256 = ?, sm3 = ?, moved_at = now()");
                PreparedStatement checkpoint =
                        connection.prepareStatement("INSERT INTO xietong.ledger_checkpoint VALUES (?, ?, ?, now())")) {
            head.setLong(1, size());
            head.setBytes(2, sha256.root());
            head.setBytes(3, sm3.root());
            head.executeUpdate();
            checkpoint.setLong(1, size());
            checkpoint.setString(2, note("bench.example/log", sha256.root()));
            checkpoint.setString(3, note("bench.example/log/sm3", sm3.root()));
            checkpoint.executeUpdate();
        }
    }

    private String note(String origin, byte[] root) {
        Checkpoint checkpoint = new Checkpoint(origin, size(), root);
        NoteSigner key = NoteSigner.of(origin, SignatureType.ED25519, signer);
        return new String(SignedCheckpoint.sign(checkpoint, List.of(key)).encode(), StandardCharsets.UTF_8);
    }
}
