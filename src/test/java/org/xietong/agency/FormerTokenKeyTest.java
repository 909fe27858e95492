package org.xietong.agency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.VerificationKey;
import org.xietong.problem.ProblemException;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Stored;

/** The token key is exchanged, and the service starts again within ten minutes. */
@QuarkusTest
@WithTestResource(CityResource.class)
@TestProfile(FormerTokenKeyTest.OfItsOwn.class)
class FormerTokenKeyTest {
    /** A service whose keys no other test knows. */
    public static final class OfItsOwn implements QuarkusTestProfile {}

    private static final CaseSystem SYSTEM =
            new CaseSystem("MSA-421200-cms", City.MSA, "案件系统", Set.of(Role.CASE_SYSTEM), true);
    private static final String CALLER =
            VerificationKey.of(TestKeys.sm2("caller").certificate()).keyId();

    @Inject
    Tokens tokens;

    @Inject
    PlatformKeys keys;

    @Inject
    TokenConfig config;

    @Inject
    TokenKeyRows rows;

    @Test
    void itsTokensAreTakenUntilTheyExpireAndNoLonger() throws Exception {
        City city = City.current();
        String former = tokens.issue(SYSTEM, CALLER).token();
        String formerKey = keys.tokenSigner().keyId();
        KeyFile fresh = city.keys().issue(KeyAlgorithm.P256, "token");
        char[] password = Files.readString(city.keys().platformKey("token").resolveSibling("password"))
                .strip()
                .toCharArray();
        fresh.replace(city.keys().platformKey("token"), password);
        Stored.await(
                "the new key",
                Duration.ofSeconds(20),
                () -> keys.tokenSigner().keyId().equals(fresh.signer().keyId()));
        assertEquals(City.MSA, tokens.verify(former, CALLER).unit(), "without a restart");

        assertEquals(
                City.MSA, new Tokens(keys, config, rows).verify(former, CALLER).unit(), "after a restart");
        assertThrows(
                ProblemException.class,
                () -> new Tokens(keys, config).verify(former, CALLER),
                "whoever does not know of it refuses it");
        Stored.await(
                "a note of the new key",
                Duration.ofSeconds(20),
                () -> city.stored()
                                .number(
                                        "SELECT count(*) FROM xietong.token_key WHERE key_id = ?",
                                        fresh.signer().keyId())
                        == 1);
        city.stored()
                .execute("UPDATE xietong.token_key SET last_signing = last_signing - interval '11 minutes'"
                        + " WHERE key_id = '" + formerKey + "'");
        assertThrows(
                ProblemException.class,
                () -> new Tokens(keys, config, rows).verify(former, CALLER),
                "no key is taken for longer than a token of it can live");
    }
}
