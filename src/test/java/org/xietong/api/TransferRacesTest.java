package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.faulty;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.agency.DirectoryAdmin;
import org.xietong.agency.DirectoryAdmin.Subject;
import org.xietong.api.Casework.Piece;
import org.xietong.app.DatabaseRole;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Race;
import org.xietong.testing.Sight;

/** Two officers act at once upon one transfer, and one of the two acts stands; who cannot take part is told so, and nothing is lost. */
@QuarkusTest
@WithTestResource(CityResource.class)
class TransferRacesTest {
    private static final String NOTE =
            "{\"documentNumber\": \"1号\", \"note\": \"情况有变\", \"noStateSecret\": true, \"reasonCode\": \"BELOW_THRESHOLD\"}";

    private final Casework work = new Casework();
    private final Transfers transfers = new Transfers(work);
    private final City city = work.city();

    /**
     * From the same state, by officers of one unit or of two: whoever comes second finds another state.
     *
     * @param from how far the transfer has come
     * @param ended the states that may stand, by the act that won
     * @param mayFollow whether the lifecycle allows the one after the other, as a head who declined may approve
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    REPORTED   | MSA-421200 approve    | MSA-421200 decline     | APPROVED DECLINED   | true
                    APPROVED   | MSA-421200 dispatch   | MSA-421200 dispatch    | DISPATCHED          | false
                    DISPATCHED | POLICE-421200 receive | POLICE-421200 receive  | RECEIVED            | false
                    DISPATCHED | POLICE-421200 receive | MSA-421200 recall      | RECEIVED RECALLED   | true
                    DISPATCHED | POLICE-421200 receive | POLICE-421200 forward  | RECEIVED DISPATCHED | true
                    RECEIVED   | POLICE-421200 file    | POLICE-421200 refuse   | DECIDED             | false
                    """)
    void oneOfTwoActsStands(String from, String one, String other, String ended, boolean mayFollow) {
        for (int round = 0; round < 4; round++) {
            Piece transfer = standing(from);
            long before = versions(transfer);
            List<SignedAnswer> answers = Race.run(List.of(acting(transfer, one), acting(transfer, other)));
            List<Integer> statuses =
                    answers.stream().map(SignedAnswer::status).sorted().toList();
            assertTrue(
                    statuses.equals(List.of(200, 409))
                            || statuses.equals(List.of(200, 403))
                            || mayFollow && statuses.equals(List.of(200, 200)),
                    () -> one + " and " + other + ": " + statuses);
            String state = transfers.read(City.MSA, transfer).get("state").asText();
            assertTrue(List.of(ended.split(" ")).contains(state), state);
            long done = statuses.stream().filter(status -> status == 200).count();
            assertEquals(before + done, versions(transfer), "each act that was answered made a version, and no other");
        }
    }

    /** However many send it at once, it is sent and copied once. */
    @Test
    void sentAtOnceItIsCopiedOnce() {
        Piece transfer = standing("APPROVED");
        List<Integer> answers =
                Race.run(4, () -> acting(transfer, "MSA-421200 dispatch").call().status());
        assertEquals(1, answers.stream().filter(status -> status == 200).count(), answers::toString);
        assertEquals(
                1,
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.handover WHERE record_id = ?::uuid AND copy",
                                transfer.id()));
        assertEquals(
                1,
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.deadline WHERE record_id = ?::uuid AND rule = 'T4'",
                                transfer.id()));
    }

    /** Each suspect decided by another officer at the same time: both decisions stand, and the record is decided once. */
    @Test
    void decisionsOfTwoSuspectsAtOnceBothStand() {
        for (int round = 0; round < 4; round++) {
            Piece transfer = standing("RECEIVED");
            JsonNode people = transfers.read(City.POLICE, transfer).at("/content/participants");
            List<Callable<Integer>> decisions = new ArrayList<>();
            for (int who = 0; who < 2; who++) {
                String of = ", \"participants\": [" + people.at("/" + who + "/id") + "]}";
                String act = who == 0 ? "file" : "refuse";
                String body = NOTE.substring(0, NOTE.length() - 1) + of;
                decisions.add(() -> {
                    int status = 0;
                    // Whoever finds the version changed under way looks again, as officers do
                    for (int tries = 0; tries < 3 && status != 200; tries++) {
                        status = transfers
                                .tried(City.POLICE, transfer, act, body(act, body))
                                .status();
                    }
                    return status;
                });
            }
            assertEquals(List.of(200, 200), Race.run(decisions));
            JsonNode decided = transfers.read(City.POLICE, transfer);
            assertEquals("DECIDED", decided.get("state").asText());
            assertEquals("FILED", decided.at("/content/suspects/0/outcome").asText());
            assertEquals("NOT_FILED", decided.at("/content/suspects/1/outcome").asText());
        }
    }

    /** Two officers of one unit who both looked at the same version: the second is told that it has changed (RFC 9110 §13.1.1). */
    @Test
    void whoLookedAtAnOlderVersionIsTold() {
        Piece transfer = standing("DISPATCHED");
        String tag = city.call(City.POLICE, "GET", transfer.path())
                .send()
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        Callable<Integer> receives = () -> city.call(City.POLICE, "POST", transfer.path() + "/acts/receive")
                .ifMatch(tag)
                .idempotencyKey()
                .body(City.utf8("{\"documentNumber\": \"咸公回字〔2023〕1号\"}"))
                .send()
                .status();
        List<Integer> both = Race.run(2, receives).stream().sorted().toList();
        assertEquals(List.of(200, 412), both);
    }

    /** To a unit that is suspended nothing is sent; what it held stays, and another may be sent it. */
    @Test
    void aSuspendedUnitReceivesNothingAndLosesNothing() throws SQLException {
        Piece sent = transfers.dispatched(City.MSA);
        Piece ready = standing("APPROVED");
        String to = City.POLICE_DISTRICT;
        suspended(to, () -> {
            faulty(
                    "INVALID_CONTENT",
                    "/addressees/0 SUSPENDED_UNIT",
                    transfers.tried(City.MSA, ready, "dispatch", dispatch(to)));
            faulty(
                    "INVALID_CONTENT",
                    "/addressees/0 SUSPENDED_UNIT",
                    transfers.tried(City.POLICE, sent, "forward", forward(to)));
        });
        assertEquals("APPROVED", transfers.read(City.MSA, ready).get("state").asText());
        transfers.act(City.MSA, ready, "dispatch", dispatch(to));
        transfers.act(to, ready, "receive", "{\"documentNumber\": \"咸安公回字〔2023〕1号\"}");
    }

    /** Nobody hands over in a matter that he is not in: as if there were none (I4). */
    @Test
    void whoIsNotInTheMatterFindsNone() {
        Piece others = work.clue(City.IPO);
        List<String> bodies = new ArrayList<>();
        for (String matter : List.of(others.matter(), UUID.randomUUID().toString())) {
            SignedAnswer answer = city.call(City.MSA, "POST", "/v1/transfers")
                    .idempotencyKey()
                    .body(City.utf8(
                            Transfers.draft("AGENCY_TO_POLICE", "TRADEMARK", "\"matterId\": \"" + matter + "\",", "")))
                    .send();
            assertEquals(422, answer.status());
            bodies.add(Casework.text(answer).replaceAll("\"exchangeId\":\"[^\"]*\"", ""));
        }
        assertEquals(bodies.getFirst(), bodies.getLast(), "hidden and nonexistent are the same");
        Piece transfer = standing("DISPATCHED");
        refused(404, "NOT_FOUND", transfers.tried(City.COPYRIGHT, transfer, "receive", "{\"documentNumber\": \"1号\"}"));
    }

    private Piece standing(String state) {
        return switch (state) {
            case "REPORTED" -> transfers.withPapers(City.MSA, transfers.reported(City.MSA));
            case "APPROVED" ->
                transfers.signed(City.MSA, standing("REPORTED"), "approve", "{\"documentNumber\": \"咸市监审〔2023〕1号\"}");
            case "DISPATCHED" -> transfers.dispatched(City.MSA);
            case "RECEIVED" -> transfers.received(City.MSA);
            default -> throw new IllegalArgumentException(state);
        };
    }

    private Callable<SignedAnswer> acting(Piece transfer, String stated) {
        String[] part = stated.split(" ");
        return () -> part[1].equals("approve") || part[1].equals("decline")
                ? city.signed(part[0], 1, "POST", transfer.path() + "/acts/" + part[1])
                        .ifMatch("*")
                        .idempotencyKey()
                        .body(City.utf8(body(part[1], NOTE)))
                        .send()
                : transfers.tried(part[0], transfer, part[1], body(part[1], NOTE));
    }

    /** What the act takes, and nothing else. */
    private static String body(String act, String whole) {
        return switch (act) {
            case "dispatch" -> dispatch(City.POLICE);
            case "forward" -> forward(City.POLICE_DISTRICT);
            case "refuse" -> whole;
            case "file" -> whole.replaceAll(", \"note\".*?BELOW_THRESHOLD\"", "");
            case "recall" -> whole.replace(", \"reasonCode\": \"BELOW_THRESHOLD\"", "");
            case "decline" -> "{\"note\": \"证据不足\", \"noStateSecret\": true}";
            default -> "{\"documentNumber\": \"1号\"}";
        };
    }

    private static String dispatch(String to) {
        return "{\"documentNumber\": \"咸市监移〔2023〕1号\", \"addressees\": [\"" + to + "\"]}";
    }

    private static String forward(String to) {
        return "{\"documentNumber\": \"咸公转字〔2023〕1号\", \"note\": \"属其管辖\", \"noStateSecret\": true, \"addressees\": [\""
                + to + "\"]}";
    }

    private long versions(Piece transfer) {
        return city.stored().number("SELECT version FROM xietong.record WHERE id = ?::uuid", transfer.id());
    }

    /** While the unit is suspended, and the service knows it; afterwards everything is as before. */
    private void suspended(String unit, Runnable meanwhile) throws SQLException {
        Sight sight = Sight.of(city);
        DirectoryAdmin admin = new DirectoryAdmin(city.database(DatabaseRole.OWNER));
        admin.suspend(Subject.UNIT, unit);
        try {
            sight.awaitOther();
            meanwhile.run();
        } finally {
            admin.resume(Subject.UNIT, unit);
            sight.awaitSame();
        }
    }
}
