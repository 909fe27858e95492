package org.xietong.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.Reply;
import org.xietong.testing.Stages;

/** Requests between units of a matter, step by step. */
final class Requests {
    static final String ASKED = "请提供当事人进货台账复印件";
    static final String REPLY = "随函提供台账复印件十二页";

    private static final Set<String> OPEN = Set.of("RUNNING", "OVERDUE", "SUSPENDED");

    private final Casework work;

    Requests(Casework work) {
        this.work = work;
    }

    /** @param more fields of the content, each after a comma */
    static String draft(String matter, String type, String more) {
        String in = matter.isEmpty() ? "" : "\"matterId\": \"" + matter + "\",";
        return """
                {%s "noStateSecret": true,
                 "content": {"type": "%s", "title": "商请提供材料", "facts": "%s", "legalBasis": "行政处罚法第二十六条"%s}}
                """.formatted(in, type, ASKED, more);
    }

    static String records(String... ids) {
        return ", \"records\": [\"" + String.join("\", \"", ids) + "\"]";
    }

    static String replyBy(LocalDate day) {
        return ", \"replyBy\": \"" + day + "\"";
    }

    Piece drafted(String owner, String matter, String more) {
        return work.create(owner, "request", draft(matter, "EVIDENCE", more));
    }

    /** @param envelope fields beside the content, each before a comma */
    Piece drafted(String owner, String matter, String more, String envelope) {
        return work.create(owner, "request", draft(matter, "EVIDENCE", more).replaceFirst("\\{", "{" + envelope));
    }

    Piece sent(String owner, String matter, String to, String more) {
        return act(owner, drafted(owner, matter, more), "send", Stages.to("商函〔2023〕1号", to));
    }

    Piece received(String owner, String matter, String to, String more) {
        return act(to, sent(owner, matter, to, more), "receive", "{}");
    }

    static String reply(String more) {
        return "{\"documentNumber\": \"复函〔2023〕1号\"," + Stages.note(REPLY) + more + "}";
    }

    static String refusal() {
        return reply(", \"reasonCode\": \"NOT_HELD\"");
    }

    static String supplying(String... ids) {
        return reply(", \"supplies\": [\"" + String.join("\", \"", ids) + "\"]");
    }

    Piece act(String unit, Piece piece, String act, String body) {
        return work.act(unit, new Piece(piece.kind(), piece.id(), piece.matter(), "*"), act, body);
    }

    Reply tried(String unit, Piece piece, String act, String body) {
        return reply(work.city()
                .signed(unit, 1, "POST", piece.path() + "/acts/" + act)
                .idempotencyKey()
                .ifMatch("*")
                .body(City.utf8(body))
                .send());
    }

    Set<String> faults(String unit, Piece piece, String act, String body) {
        return new TreeSet<>(tried(unit, piece, act, body).requireStatus(422).faults());
    }

    Reply created(String unit, String draft) {
        return reply(work.city()
                .call(unit, "POST", "/v1/requests")
                .idempotencyKey()
                .body(City.utf8(draft))
                .send());
    }

    Reply amended(String unit, Piece piece, String draft) {
        return reply(work.city()
                .signed(unit, 1, "PUT", piece.path())
                .ifMatch("*")
                .body(City.utf8(draft))
                .send());
    }

    JsonNode read(String unit, Piece piece) {
        return get(unit, piece.path());
    }

    JsonNode get(String unit, String target) {
        return Casework.json(work.city().call(unit, "GET", target).send());
    }

    int status(String unit, String target) {
        return work.city().call(unit, "GET", target).send().status();
    }

    /** The deadline of the request that runs, as the unit sees it. */
    JsonNode deadline(String unit, Piece piece) {
        for (JsonNode each : get(unit, piece.path() + "/deadlines").path("items")) {
            if (OPEN.contains(each.get("state").asText())) {
                return each;
            }
        }
        throw new AssertionError("none runs");
    }

    /** The states of all of them, the first to start first. */
    String deadlines(String unit, Piece piece) {
        return get(unit, piece.path() + "/deadlines")
                .path("items")
                .findValuesAsText("state")
                .toString();
    }

    static Reply reply(SignedAnswer answer) {
        return new Reply(answer.status(), answer.headers(), answer.body());
    }
}
