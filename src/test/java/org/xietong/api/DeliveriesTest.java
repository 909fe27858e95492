package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Stages;
import org.xietong.testing.Stored;

/** Who hands a case over can prove of each addressee that it arrived; of what else he looks at, nobody learns. */
@QuarkusTest
@WithTestResource(CityResource.class)
class DeliveriesTest {
    private final Casework work = new Casework();
    private final Transfers transfers = new Transfers(work);
    private final City city = work.city();

    @Test
    void tellsEachStepWithItsExchange() {
        Piece transfer = transfers.dispatched(City.MSA);
        assertEquals(List.of("POLICE-421200 SUBMITTED", "PROC-421200 SUBMITTED copy"), states(City.MSA, transfer));
        Feed.of(City.POLICE).now();
        assertEquals(
                "SUBMITTED",
                of(City.MSA, transfer, "POLICE-421200").get("state").asText(),
                "the feed only mentions it");

        SignedAnswer read = city.call(City.POLICE, "GET", transfer.path()).send();
        JsonNode delivered = of(City.MSA, transfer, "POLICE-421200");
        assertEquals("DELIVERED", delivered.get("state").asText());
        assertEquals(
                read.headers().firstValue("Exchange-Id").orElseThrow(),
                delivered.at("/delivered/exchangeId").asText());
        transfers.act(City.POLICE, transfer, "receive", Stages.document("咸公回字〔2023〕1号"));
        JsonNode acknowledged = of(City.MSA, transfer, "POLICE-421200");
        assertEquals("ACKNOWLEDGED", acknowledged.get("state").asText());
        assertEquals("receive", acknowledged.at("/acknowledged/act").asText());
        transfers.act(
                City.POLICE,
                transfer,
                "forward",
                "{\"documentNumber\": \"咸公转字〔2023〕1号\"," + Stages.note("属咸安区管辖")
                        + ", \"addressees\": [\"POLICE-421202\"]}");
        assertEquals(
                "RETURNED", of(City.MSA, transfer, "POLICE-421200").get("state").asText());
        assertEquals(
                "SUBMITTED",
                of(City.MSA, transfer, "POLICE-421202").get("state").asText());
        assertFalse(
                of(City.PROC, transfer, "POLICE-421200").get("submitted").has("exchangeId"),
                "an exchange is named to who can open it");
    }

    /** That a list of something else names a record is no delivery; and a list that shows it proves that one record, and no other. */
    @Test
    void aListProvesWhatWasHandedOverAndNothingBesideIt() {
        Piece transfer = transfers.dispatched(City.MSA);
        Piece beside = work.create(
                City.MSA,
                "penalty",
                Stages.draft(null, Stages.penalty(""))
                        .replaceFirst("\\{", "{\"matterId\": \"" + transfer.matter() + "\","));
        String timeline = exchange(city.call(City.POLICE, "GET", "/v1/matters/" + transfer.matter() + "/timeline")
                .send());
        get(City.POLICE, transfer);
        assertEquals(
                "SUBMITTED",
                of(City.MSA, transfer, "POLICE-421200").get("state").asText());
        assertEquals(404, opened(City.MSA, timeline).status());
        String first = exchange(
                city.call(City.POLICE, "GET", "/v1/transfers?limit=100").send());
        assertEquals(
                first,
                of(City.MSA, transfer, "POLICE-421200")
                        .at("/delivered/exchangeId")
                        .asText());
        city.call(City.POLICE, "GET", beside.path()).send();
        Piece another = transfers.dispatched(City.MSA);
        city.call(City.POLICE, "GET", another.path()).send();
        String both = exchange(
                city.call(City.POLICE, "GET", "/v1/transfers?limit=100").send());
        assertEquals(404, opened(City.MSA, both).status(), "read before");
        String shown = Casework.text(opened(City.MSA, first));
        assertTrue(shown.contains(transfer.id()));
        assertFalse(shown.contains(beside.id()));
    }

    /** The addressee's first reading proves the delivery, to who sent it and by a bundle; his later ones stay his own. */
    @Test
    void theSenderOpensTheDeliveryAndNothingElse() {
        Piece transfer = transfers.dispatched(City.MSA);
        String first = exchange(city.call(City.POLICE, "GET", transfer.path()).send());
        String second = exchange(city.call(City.POLICE, "GET", transfer.path()).send());
        String copied = exchange(city.call(City.PROC, "GET", transfer.path()).send());
        assertEquals(200, opened(City.MSA, first).status());
        assertEquals(404, opened(City.MSA, second).status(), "what the police look at is theirs to know");
        assertEquals(404, opened(City.MSA, copied).status(), "so is what the procuratorate looks at");
        assertEquals(404, opened(City.COPYRIGHT, first).status());
        assertFalse(of(City.MSA, transfer, "PROC-421200").has("delivered"));
        transfers.act(City.PROC, transfer, "acknowledge", "{}");
        assertEquals(
                "ACKNOWLEDGED",
                of(City.MSA, transfer, "PROC-421200").get("state").asText());

        Stored.await(
                "a bundle proves it",
                Duration.ofSeconds(15),
                () -> city.call(City.MSA, "GET", "/v1/exchanges/" + first + "/evidence")
                                .send()
                                .status()
                        == 200);
        String submitted = of(City.MSA, transfer, "POLICE-421200")
                .at("/submitted/exchangeId")
                .asText();
        assertEquals(200, opened(City.MSA, submitted).status());
    }

    @Test
    void othersSeeTheirOwnOnly() {
        Piece transfer = transfers.dispatched(City.MSA);
        assertEquals(List.of("POLICE-421200 SUBMITTED"), states(City.POLICE, transfer));
        assertEquals(2, states(City.PROC, transfer).size(), "it supervises");
        assertEquals(List.of(), states(City.IPO, transfer), "sees the transfer, and has no part in it");
        refused(404, "NOT_FOUND", get(City.COPYRIGHT, transfer));
        refused(
                404,
                "NOT_FOUND",
                get(City.MSA, new Piece("transfer", UUID.randomUUID().toString(), "", "")));
        Piece clue = work.clue(City.MSA);
        assertTrue(states(City.MSA, clue).isEmpty(), "handed over to nobody");
    }

    private SignedAnswer get(String unit, Piece piece) {
        return city.call(unit, "GET", piece.path() + "/deliveries").send();
    }

    private SignedAnswer opened(String unit, String exchange) {
        return city.call(unit, "GET", "/v1/exchanges/" + exchange).send();
    }

    private static String exchange(SignedAnswer answer) {
        return answer.headers().firstValue("Exchange-Id").orElseThrow();
    }

    private JsonNode of(String unit, Piece piece, String addressee) {
        return StreamSupport.stream(Casework.json(get(unit, piece)).get("items").spliterator(), false)
                .filter(each -> each.get("unit").asText().equals(addressee))
                .findFirst()
                .orElseThrow();
    }

    private List<String> states(String unit, Piece piece) {
        return StreamSupport.stream(Casework.json(get(unit, piece)).get("items").spliterator(), false)
                .map(each -> each.get("unit").asText()
                        + ' '
                        + each.get("state").asText()
                        + (each.get("copy").asBoolean() ? " copy" : ""))
                .toList();
    }
}
