package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Registered;
import org.xietong.testing.Stored;

/** The index has one key, and is made anew from what is stored. */
@QuarkusTest
@WithTestResource(CityResource.class)
class BlindIndexBuildTest {
    private static final String ROWS =
            "SELECT encode(digest, 'hex') || participant || subject || matter FROM xietong.blind_index ORDER BY 1";

    @Inject
    BlindIndexBuild build;

    private final City city = City.current();
    private final Stored stored = city.stored();

    @Test
    void anotherKeyThanTheIndexWasMadeWithStopsTheStart() {
        String key = stored.text("SELECT encode(check_value, 'hex') FROM xietong.blind_index_key");
        stored.execute("UPDATE xietong.blind_index_key SET check_value = decode(repeat('00', 32), 'hex')");
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> build.begin(new StartupEvent()));
        assertTrue(refused.getMessage().contains("xietong.keys.blind-index"), refused.getMessage());
        stored.execute("UPDATE xietong.blind_index_key SET check_value = decode('" + key + "', 'hex')");
    }

    @Test
    void aNewIndexIsFilledFromTheStoredVersions() throws Exception {
        Registered.clue(city);
        List<String> before = stored.texts(ROWS);
        assertTrue(before.size() > 0, "nothing to find again");
        stored.execute("TRUNCATE xietong.blind_index", "DELETE FROM xietong.blind_index_key");
        build.begin(new StartupEvent());
        Stored.await("complete", Duration.ofSeconds(60), build::isComplete);
        assertEquals(before, stored.texts(ROWS));
    }
}
