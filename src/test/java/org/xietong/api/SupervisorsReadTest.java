package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;

/** That a supervisor looked is hidden from whose record it was, however often he looked (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
class SupervisorsReadTest {
    private static final int LOOKS = 45;

    private final Casework work = new Casework();
    private final City city = work.city();

    /** Many hidden exchanges between two that the owner may see, one to a page. */
    @Test
    void standsInNoPageAndNoCursor() {
        Piece clue = work.clue(City.MSA);
        for (int i = 0; i < LOOKS; i++) {
            city.call(City.PROC, "GET", clue.path()).send();
        }
        String seen = city.call(City.COPYRIGHT, "GET", clue.path()).send().exchangeId();
        List<String> listed = new ArrayList<>();
        String after = "";
        while (after != null) {
            JsonNode page = Casework.json(
                    city.call(City.MSA, "GET", "/v1/exchanges?scope=RECORDS&limit=1&recordId=" + clue.id() + after)
                            .send());
            page.get("items").forEach(item -> listed.add(item.get("id").asText()));
            if (page.has("next")) {
                assertTrue(listed.contains(idIn(page.get("next").asText())), "a cursor names what was not shown");
            }
            after = page.has("next") ? "&after=" + page.get("next").asText() : null;
        }
        assertEquals(2, listed.size(), listed.toString());
        assertEquals(seen, listed.getFirst());
    }

    private static String idIn(String cursor) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
        bytes.getLong();
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
}
