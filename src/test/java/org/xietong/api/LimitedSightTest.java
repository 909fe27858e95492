package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Papers;

/** A milestone of one participant opens what concerns him, and nothing about the others (domain, section 6; I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitedSightTest {
    private final Casework work = new Casework();
    private final City city = work.city();
    private final String hidden = "H" + UUID.randomUUID().toString().replace("-", "");
    private Piece filing;
    private String indicted = "";
    private String other = "";

    @BeforeAll
    void indictOneOfTwo() {
        filing = work.create(City.POLICE, "filing", """
                {"noStateSecret": true,
                 "content": {"filingType": "CRIMINAL", "charge": "CL_214", "filedOn": "2023-01-12",
                   "participants": [
                     {"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "张某某"},
                     {"ref": "%1$s", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "王%1$s"}]}}
                """.formatted(hidden));
        JsonNode view =
                Casework.json(city.call(City.POLICE, "GET", filing.path()).send());
        indicted = view.at("/content/participants/0/id").asText();
        other = view.at("/content/participants/1/id").asText();
        work.milestone(filing, indicted, "INDICTED");
        work.milestone(filing, other, "COERCION_NOTIFIED");
        filing = work.act(
                City.POLICE,
                filing,
                "file",
                "{\"documentNumber\": \"咸公立字〔2023〕1号\", \"noStateSecret\": true, \"note\": \"王%s另案处理\","
                                .formatted(hidden)
                        + " \"participants\": [\"%s\", \"%s\"]}".formatted(indicted, other));
    }

    @Test
    void ofARecordShowsNothingOfTheOthers() {
        onlyTheIndicted(city.call(City.COURT, "GET", filing.path()).send());
    }

    /** Its acts are told by name and number: who may know of some only cannot read it. */
    @Test
    void ofAHistoryShowsNothing() {
        assertEquals(
                403,
                city.call(City.COURT, "GET", filing.path() + "/history").send().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/timeline"})
    void ofAMatterShowsNothingOfTheOthers(String more) {
        onlyTheIndicted(city.call(City.COURT, "GET", filing.matterPath() + more).send());
    }

    @Test
    void ofAListShowsNothingOfTheOthers() {
        onlyTheIndicted(city.call(City.COURT, "GET", "/v1/filings?matterId=" + filing.matter())
                .send());
    }

    @Test
    void ofTheReadersOwnExchangeShowsNothingOfTheOthers() {
        String exchange = city.call(City.COURT, "GET", filing.path()).send().exchangeId();
        onlyTheIndicted(
                city.call(City.COURT, "GET", "/v1/exchanges/" + exchange).send());
    }

    /** Versions count what is done upon the others, too: the reader's own journal does not tell which one he was shown. */
    @Test
    void ofTheReadersOwnExchangeTellsNoVersion() {
        for (String unit : List.of(City.POLICE, City.COURT)) {
            String exchange = city.call(unit, "GET", filing.path()).send().exchangeId();
            JsonNode parts = Casework.json(
                            city.call(unit, "GET", "/v1/exchanges/" + exchange).send())
                    .get("parts");
            long disclosed = StreamSupport.stream(parts.spliterator(), false)
                    .filter(part -> part.get("name").asText().equals("disclosed"))
                    .filter(part -> part.toString().contains("version"))
                    .count();
            assertEquals(unit.equals(City.POLICE) ? 1 : 0, disclosed, parts::toString);
        }
    }

    @Test
    void showsTheIndictedByName() {
        JsonNode participants = Casework.json(
                        city.call(City.COURT, "GET", filing.path()).send())
                .at("/content/participants");
        assertEquals(
                List.of("张某某"),
                StreamSupport.stream(participants.spliterator(), false)
                        .map(p -> p.get("name").asText())
                        .toList());
    }

    /** What concerns nobody by name may concern anybody: it stays closed, too. */
    @Test
    void ofTheAttachmentsShowsThoseOfTheIndictedAlone() {
        String shown = attach("\"participants\": [\"" + indicted + "\"],");
        attach("\"participants\": [\"" + other + "\"],");
        attach("\"participants\": [\"" + indicted + "\", \"" + other + "\"],");
        attach("");
        SignedAnswer page =
                city.call(City.COURT, "GET", filing.path() + "/attachments").send();
        onlyTheIndicted(page);
        JsonNode items = Casework.json(page).path("items");
        assertEquals(1, items.size());
        assertEquals(shown, items.get(0).path("id").asText());
    }

    private String attach(String more) {
        byte[] paper = Papers.pdf("讯问笔录", 100);
        String at = filing.path() + "/attachments";
        SignedAnswer announced = city.call(City.POLICE, "POST", at)
                .idempotencyKey()
                .body(City.utf8(Papers.announcement("讯问笔录.pdf", "application/pdf", paper, more)))
                .send();
        String id = Casework.json(announced).path("id").asText();
        SignedAnswer stored = city.call(City.POLICE, "PUT", at + "/" + id + "/content")
                .contentType("application/pdf")
                .body(paper)
                .send();
        assertEquals(200, stored.status(), Casework.text(stored));
        return id;
    }

    /** Market supervision learns of the one in custody that somebody is, and of the other nothing. */
    @Test
    void showsTheMilestonesOfThoseWhoOpenedIt() {
        String matter = Casework.text(
                city.call(City.COPYRIGHT, "GET", filing.matterPath()).send());
        assertTrue(matter.contains("COERCION_NOTIFIED"), matter);
        assertFalse(matter.contains("INDICTED") || matter.contains(indicted), matter);
    }

    private void onlyTheIndicted(SignedAnswer answer) {
        String text = Casework.text(answer);
        assertEquals(200, answer.status(), text);
        assertFalse(text.contains(other), text);
        assertFalse(text.contains(hidden), text);
    }
}
