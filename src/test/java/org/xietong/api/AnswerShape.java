package org.xietong.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;

/**
 * An answer, and the journal's work for it, without what differs between any two exchanges: exchange id, date,
 * signature, nonce. Two requests whose shapes are equal told their caller the same (I4).
 */
record AnswerShape(int status, Map<String, String> headers, String body, String journal) {
    private static final Set<String> OF_ONE_EXCHANGE = Set.of("exchange-id", "date", "signature");
    /** The digest covers the exchange id in the body, so that only its name and length can be compared. */
    private static final String JOURNAL = """
            SELECT (SELECT count(*) FROM xietong.journal_entry e WHERE e.id = x.id) || ' entries, '
                || ((SELECT count(*) FROM xietong.journal_pending p WHERE p.entry_id = x.id)
                    + (SELECT count(*) FROM xietong.ledger_leaf l WHERE l.entry_id = x.id)) || ' for the log, '
                || (SELECT count(*) FROM xietong.exchange_touched t WHERE t.entry_id = x.id) || ' touched, parts '
                || (SELECT string_agg(p.name || p.idx, ' ' ORDER BY p.name, p.idx) FROM xietong.journal_part p
                    WHERE p.entry_id = x.id)
                || ', decision ' || (SELECT convert_from(p.bytes, 'UTF8') FROM xietong.journal_part p
                    WHERE p.entry_id = x.id AND p.name = 'decision')
                || ', index ' || concat_ws(' ', x.agency, x.unit, x.system, x.officer, x.operation, x.kind, x.outcome,
                    x.rule, x.status)
            FROM xietong.exchange_index x WHERE x.id = ?
            """;

    static AnswerShape of(City city, SignedAnswer answer) {
        return new AnswerShape(answer.status(), headers(answer), body(answer), journal(city, answer.exchangeId()));
    }

    private static Map<String, String> headers(SignedAnswer answer) {
        Map<String, String> headers = new TreeMap<>();
        answer.headers().map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            String value = String.join(" | ", values);
            headers.put(
                    lower,
                    OF_ONE_EXCHANGE.contains(lower)
                            ? "*"
                            : value.replaceAll("created=[0-9]+", "created=*")
                                    .replaceAll("nonce=\"[^\"]+\"", "nonce=*")
                                    .replaceAll("(sha-256|sm3)=:[^:]+:", "$1=*"));
        });
        return headers;
    }

    private static String body(SignedAnswer answer) {
        JsonNode tree = Casework.json(answer);
        if (tree instanceof ObjectNode object) {
            object.remove("exchangeId");
        }
        return tree.toString();
    }

    private static String journal(City city, String exchange) {
        try (Connection connection = city.superuser().getConnection();
                PreparedStatement work = connection.prepareStatement(JOURNAL)) {
            work.setObject(1, UUID.fromString(exchange));
            try (ResultSet row = work.executeQuery()) {
                return row.next() ? row.getString(1) : "not journaled";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
