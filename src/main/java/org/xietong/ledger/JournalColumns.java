package org.xietong.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.ledger.PreparedRecord.NonceMark;

/** The values of {@link JournalStatement}, turned from rows into one array per column. */
final class JournalColumns {
    private final Connection connection;
    private final List<PreparedRecord> records;

    JournalColumns(Connection connection, List<PreparedRecord> records) {
        this.connection = connection;
        this.records = records;
    }

    void bind(PreparedStatement statement) throws SQLException {
        List<Array> arrays = new ArrayList<>(36);
        addNonces(arrays);
        addEntries(arrays);
        addParts(arrays);
        addBodies(arrays);
        addTouched(arrays);
        addParticipants(arrays);
        for (int i = 0; i < arrays.size(); i++) {
            statement.setArray(i + 1, arrays.get(i));
        }
    }

    /** In the order of their key, so that transactions which meet over two nonces wait in line and never in a ring. */
    private void addNonces(List<Array> arrays) throws SQLException {
        List<Row<NonceMark>> rows = rows(PreparedRecord::marks);
        rows.sort(Comparator.<Row<NonceMark>>comparingInt(row -> row.value().slot())
                .thenComparing(row -> row.value().digest(), Arrays::compareUnsigned));
        arrays.add(column("int4", rows, Integer[]::new, Row::position));
        arrays.add(column("int2", rows, Short[]::new, row -> (short) row.value().slot()));
        arrays.add(column("bytea", rows, byte[][]::new, row -> row.value().digest()));
        arrays.add(
                column("int8", rows, Long[]::new, row -> row.value().created().getEpochSecond()));
    }

    private void addEntries(List<Array> arrays) throws SQLException {
        List<Row<ExchangeRecord>> rows = rows(prepared -> List.of(prepared.record()));
        arrays.add(column("int4", rows, Integer[]::new, Row::position));
        arrays.add(column("uuid", rows, Object[]::new, row -> row.value().id()));
        arrays.add(column("int8", rows, Long[]::new, row -> row.value().time().toEpochMilli()));
        arrays.add(text(rows, row -> row.value().agency()));
        arrays.add(column(
                "bytea",
                rows,
                byte[][]::new,
                row -> records.get(row.position()).entry().bytes()));
        arrays.add(text(rows, row -> row.value().index().unit()));
        arrays.add(text(rows, row -> row.value().index().system()));
        arrays.add(text(rows, row -> row.value().index().officer()));
        arrays.add(text(rows, row -> row.value().index().operation()));
        arrays.add(text(rows, row -> row.value().index().kind()));
        arrays.add(text(rows, row -> row.value().index().outcome().name()));
        arrays.add(text(rows, row -> row.value().index().rule()));
        arrays.add(
                column("int4", rows, Integer[]::new, row -> row.value().index().status()));
        arrays.add(text(rows, row -> row.value().index().level()));
        arrays.add(text(rows, row -> named(row.value().index())));
        arrays.add(
                column("uuid", rows, Object[]::new, row -> row.value().index().bulk()));
    }

    private void addParts(List<Array> arrays) throws SQLException {
        List<Row<SealedPart>> rows = rows(prepared -> prepared.entry().parts());
        arrays.add(column("int4", rows, Integer[]::new, Row::position));
        arrays.add(text(rows, row -> row.value().name()));
        arrays.add(column("int4", rows, Integer[]::new, row -> row.value().index()));
        arrays.add(column("bytea", rows, byte[][]::new, row -> row.value().salt()));
        arrays.add(column("bytea", rows, byte[][]::new, row -> row.value().bytes()));
    }

    private void addBodies(List<Array> arrays) throws SQLException {
        List<Row<byte[]>> rows =
                rows(prepared -> prepared.record().body().stream().toList());
        arrays.add(column("int4", rows, Integer[]::new, Row::position));
        arrays.add(column("bytea", rows, byte[][]::new, Row::value));
    }

    private void addTouched(List<Array> arrays) throws SQLException {
        List<Row<Touched>> rows = rows(prepared -> prepared.record().index().touched());
        arrays.add(column("int4", rows, Integer[]::new, Row::position));
        arrays.add(column("uuid", rows, Object[]::new, row -> row.value().subject()));
        arrays.add(column("uuid", rows, Object[]::new, row -> row.value().thread()));
        arrays.add(text(rows, row -> row.value().ownerUnit()));
        arrays.add(column("bool", rows, Boolean[]::new, row -> row.value().changed()));
        // An array of arrays would have to be square: each goes as its own text.
        arrays.add(text(rows, row -> literal(row.value().parts())));
    }

    private void addParticipants(List<Array> arrays) throws SQLException {
        List<Row<Concerned>> rows = rows(prepared -> prepared.record().index().touched().stream()
                .flatMap(touched -> touched.participants().stream()
                        .map(participant -> new Concerned(participant, touched.subject())))
                .toList());
        arrays.add(column("int4", rows, Integer[]::new, Row::position));
        arrays.add(column("uuid", rows, Object[]::new, row -> row.value().participant()));
        arrays.add(column("uuid", rows, Object[]::new, row -> row.value().subject()));
    }

    private static String literal(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    /** Absent rather than empty: rows without it are in no index of it. */
    private static @Nullable String named(ExchangeIndex index) {
        return index.named().isEmpty() ? null : literal(index.named());
    }

    /** Whom a subject concerns. */
    private record Concerned(UUID participant, UUID subject) {}

    private <T> List<Row<T>> rows(Function<PreparedRecord, List<T>> values) {
        List<Row<T>> rows = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            for (T value : values.apply(records.get(i))) {
                rows.add(new Row<>(i, value));
            }
        }
        return rows;
    }

    private <T> Array text(List<Row<T>> rows, Column<Row<T>, String> value) throws SQLException {
        return column("text", rows, String[]::new, value);
    }

    private <R, V> Array column(String type, List<R> rows, IntFunction<V[]> array, Column<R, ? extends V> value)
            throws SQLException {
        V[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.of(rows.get(i));
        }
        return connection.createArrayOf(type, values);
    }

    /** A value with the position of the record that it belongs to. */
    private record Row<T>(int position, T value) {}

    /** One column of a row. */
    private interface Column<R, V> {
        @Nullable
        V of(R row);
    }
}
