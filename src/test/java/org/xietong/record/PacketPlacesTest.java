package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Registered;

/** Packets are made in memory: who comes while two are is told to come again, whatever he asks for. */
@QuarkusTest
@WithTestResource(CityResource.class)
class PacketPlacesTest {
    private final City city = City.current();

    @Inject
    PacketPlaces places;

    @Test
    void aThirdAtOnceIsToldToComeAgain() {
        Registered clue = Registered.clue(city);
        String none = "/v1/clues/" + UUID.randomUUID();
        assertEquals("422 404", asked(clue.path()), "nobody is there");
        String full = places.within(() -> places.within(() -> asked(clue.path()) + ' ' + asked(none)));
        assertEquals("429 429 429 429", full);
        assertEquals("422 404", places.within(() -> asked(clue.path())), "what was taken is given back");
        assertEquals("404 404", asked(none));
    }

    /** To make one for a recipient who is not there, and to fetch one that was never made. */
    private String asked(String record) {
        int made = city.signed(City.MSA, 1, "POST", record + "/packets")
                .idempotencyKey()
                .body(City.utf8("{\"recipient\": \"nobody\", \"view\": \"FULL\", \"purpose\": \"移送\","
                        + " \"documentNumber\": \"咸市监函〔2023〕3号\", \"noStateSecret\": true}"))
                .send()
                .status();
        int fetched = city.signed(City.MSA, 1, "GET", record + "/packets/" + UUID.randomUUID() + "/content")
                .send()
                .status();
        return made + " " + fetched;
    }
}
