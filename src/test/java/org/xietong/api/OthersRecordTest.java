package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stages;

/**
 * Who acts on another unit's record has his exchange, but for the part that tells version and digest of the whole content: his view may
 * hide what could be guessed from them (I4).
 */
@QuarkusTest
@WithTestResource(CityResource.class)
class OthersRecordTest {
    private final CriminalCase it = CriminalCase.ofThePolice();
    private final City city = City.current();

    @Test
    void whatWasChangedOfItIsOpenedByItsOwnerAlone() {
        Piece arrest = it.create(City.POLICE, "arrest", Stages.arrest(it.first()));
        it.act(City.POLICE, arrest, "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        SignedAnswer accepted = city.call(City.PROC, "POST", arrest.path() + "/acts/accept")
                .idempotencyKey()
                .ifMatch("*")
                .body(City.utf8("{}"))
                .send();
        assertEquals(200, accepted.status(), Casework.text(accepted));

        List<String> toItsActor = parts(City.PROC, accepted.exchangeId());
        assertTrue(toItsActor.containsAll(List.of("request", "decision", "response")), toItsActor.toString());
        assertFalse(toItsActor.contains("changed"), toItsActor.toString());
        assertTrue(parts(City.POLICE, accepted.exchangeId()).contains("changed"), "it is the owner's");
    }

    @Test
    void whatOneChangedOfOnesOwnIsOpened() {
        SignedAnswer created = city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue("")))
                .send();
        assertTrue(parts(City.MSA, created.exchangeId()).contains("changed"));
    }

    private List<String> parts(String unit, String exchange) {
        JsonNode opened = Casework.json(
                city.call(unit, "GET", "/v1/exchanges/" + exchange).send());
        List<String> names = new ArrayList<>();
        opened.get("parts").forEach(part -> names.add(part.get("name").asText()));
        return names;
    }
}
