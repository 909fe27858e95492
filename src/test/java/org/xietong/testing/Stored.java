package org.xietong.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the service's database holds, as its superuser sees it: whether anything changed, what was journaled, and whether
 * a text stands anywhere.
 */
public final class Stored {
    /** All that a write may change; the journal is apart, and sight is derived and rebuilt in the background. */
    private static final List<String> CASE_TABLES = List.of(
            "matter",
            "matter_member",
            "participant",
            "milestone",
            "handover",
            "matter_invitation",
            "matter_removal",
            "matter_link",
            "matter_link_person",
            "correction",
            "record",
            "record_version",
            "attachment",
            "label_lowering",
            "record_grant",
            "idempotency");

    private static final String STATE = CASE_TABLES.stream()
            .map(table -> "(SELECT count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) FROM xietong." + table + ")")
            .collect(Collectors.joining(" || ',' || "));

    private final DataSource superuser;
    private @Nullable Connection connection;

    public Stored(DataSource superuser) {
        this.superuser = superuser;
    }

    /**
     * The state of everything that a request could leave behind.
     *
     * @param cases per table of case data, how many rows there are and which transaction wrote last: it differs once a
     *     single row was inserted, updated or deleted
     */
    public record State(String cases, long entries, long nonces) {}

    public State state() {
        String[] all = text("SELECT " + STATE + " || ';' || (SELECT count(*) FROM xietong.journal_entry) || ';'"
                        + " || (SELECT count(*) FROM xietong.nonce)")
                .split(";");
        return new State(all[0], Long.parseLong(all[1]), Long.parseLong(all[2]));
    }

    /** See {@link State#cases}. */
    public String cases() {
        return text("SELECT " + STATE);
    }

    public long count(String table) {
        return number("SELECT count(*) FROM xietong." + table);
    }

    public long number(String sql, Object... values) {
        return Long.parseLong(text(sql, values));
    }

    /** The first column of the first row. */
    public String text(String sql, Object... values) {
        List<String> found = texts(sql, values);
        return found.isEmpty() ? "" : found.getFirst();
    }

    /** The first column of all rows. */
    public synchronized List<String> texts(String sql, Object... values) {
        try (PreparedStatement statement = open().prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(String.valueOf(rows.getString(1)));
                }
                return all;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public byte[] bytes(String sql, Object... values) {
        return HexFormat.of().parseHex(text("SELECT encode((" + sql + "), 'hex')", values));
    }

    public synchronized void execute(String... statements) {
        try (Statement statement = open().createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another connection of the superuser's, for locks that must be held. */
    public Connection connect() throws SQLException {
        return superuser.getConnection();
    }

    /**
     * The tables in which a text stands: as it is, percent-encoded, in base64, as JSON escapes, and inside bytes. Its
     * UTF-8 form should have a multiple of three bytes, so that base64 of a longer text holds it whole.
     */
    public Set<String> placesOf(String text) {
        Set<String> places = new LinkedHashSet<>();
        String[] forms = forms(text).toArray(String[]::new);
        for (String table : tables()) {
            long found = number(
                    "SELECT count(*) FROM xietong." + table + " t, lower(t::text COLLATE \"C\") AS whole_row"
                            + " WHERE EXISTS (SELECT FROM unnest(?::text[]) AS form WHERE position(form in whole_row) > 0)",
                    (Object) forms);
            if (found > 0) {
                places.add(table);
            }
        }
        return places;
    }

    /** Which of these texts stand in any table, in whatever spelling; each table is read once for all of them. */
    public Set<String> among(Collection<String> texts) {
        Map<String, String> spelt = new HashMap<>();
        texts.forEach(text -> forms(text).forEach(form -> spelt.put(form, text)));
        Set<String> found = new LinkedHashSet<>();
        for (String table : tables()) {
            texts(
                            "SELECT DISTINCT form FROM xietong." + table
                                    + " t, lower(t::text COLLATE \"C\") AS whole_row,"
                                    + " unnest(?::text[]) AS form WHERE position(form in whole_row) > 0",
                            (Object) spelt.keySet().toArray(String[]::new))
                    .forEach(form -> found.add(spelt.get(form)));
        }
        return found;
    }

    private List<String> tables() {
        return texts("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'xietong' ORDER BY tablename");
    }

    /** The database may have been stopped since. */
    private Connection open() throws SQLException {
        Connection held = connection;
        if (held == null || !held.isValid(5)) {
            held = superuser.getConnection();
            connection = held;
        }
        return held;
    }

    /** How a text may be spelt where it was stored or logged; all lower-case. */
    public static Set<String> forms(String text) {
        Set<String> spelt = new LinkedHashSet<>(List.of(text));
        spelt.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
        spelt.add(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        spelt.add(escaped.toString());
        Set<String> all = new LinkedHashSet<>();
        for (String form : spelt) {
            String lower = form.toLowerCase(Locale.ROOT);
            all.add(lower);
            all.add(HexFormat.of().formatHex(form.getBytes(StandardCharsets.UTF_8)));
            all.add(HexFormat.of().formatHex(lower.getBytes(StandardCharsets.UTF_8)));
        }
        return all;
    }

    /** Waits for a condition of the database. */
    public static void await(String what, Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "did not happen: " + what);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
