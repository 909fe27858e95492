package org.xietong.bench;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Rows of one table on their way into it, in PostgreSQL's binary COPY format. */
final class BinaryCopy {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    /** The type's number in every PostgreSQL. */
    private static final int INT4 = 23;

    private final String table;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private DataOutputStream out = new DataOutputStream(bytes);

    /** @param table with its columns */
    BinaryCopy(String table) {
        this.table = table;
    }

    void row(@Nullable Object... values) throws IOException {
        if (bytes.size() == 0) {
            out.write(SIGNATURE);
            out.writeLong(0);
        }
        out.writeShort(values.length);
        for (Object value : values) {
            write(value);
        }
    }

    void send(Connection connection) throws SQLException, IOException {
        if (bytes.size() == 0) {
            return;
        }
        out.writeShort(-1);
        try (java.io.InputStream rows = new java.io.ByteArrayInputStream(bytes.toByteArray())) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY xietong." + table + " FROM STDIN WITH (FORMAT binary)", rows);
        }
        bytes = new ByteArrayOutputStream();
        out = new DataOutputStream(bytes);
    }

    private void write(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeInt(-1);
            case String text -> field(text.getBytes(StandardCharsets.UTF_8));
            case byte[] raw -> field(raw);
            case UUID id -> {
                out.writeInt(16);
                out.writeLong(id.getMostSignificantBits());
                out.writeLong(id.getLeastSignificantBits());
            }
            case Instant time -> number((time.toEpochMilli() - EPOCH.toEpochMilli()) * 1_000);
            case int[] numbers -> numbers(numbers);
            case Long number -> number(number);
            case Integer number -> {
                out.writeInt(4);
                out.writeInt(number);
            }
            case Short number -> {
                out.writeInt(2);
                out.writeShort(number);
            }
            case Boolean flag -> field(new byte[] {(byte) (flag ? 1 : 0)});
            default -> throw new IllegalArgumentException("no such column");
        }
    }

    /** One dimension, counted from 1, no nulls. */
    private void numbers(int[] values) throws IOException {
        out.writeInt(20 + 8 * values.length);
        out.writeInt(1);
        out.writeInt(0);
        out.writeInt(INT4);
        out.writeInt(values.length);
        out.writeInt(1);
        for (int value : values) {
            out.writeInt(4);
            out.writeInt(value);
        }
    }

    private void number(long value) throws IOException {
        out.writeInt(8);
        out.writeLong(value);
    }

    private void field(byte[] raw) throws IOException {
        out.writeInt(raw.length);
        out.write(raw);
    }
}
