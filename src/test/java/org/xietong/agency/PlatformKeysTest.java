package org.xietong.agency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.Suite;

class PlatformKeysTest {
    @TempDir
    Path folder;

    private Map<String, String> configured;

    @BeforeEach
    void create() {
        configured = new HashMap<>(PlatformKeysResource.create(folder));
    }

    @Test
    void signsAnswersInTheCallersSuite() {
        PlatformKeys keys = new PlatformKeys(TokensTest.keysIn(configured));
        assertEquals(KeyAlgorithm.SM2, keys.responseSigner(Suite.GM).algorithm());
        assertEquals(KeyAlgorithm.P256, keys.responseSigner(Suite.INTL).algorithm());
        assertEquals(KeyAlgorithm.P256, keys.tokenSigner().algorithm());
    }

    @Test
    void readsThePasswordFromAFile() throws IOException {
        String password = configured.remove("xietong.keys.password");
        Path file = Files.writeString(folder.resolve("password"), password + "\n");
        configured.put("xietong.keys.password-file", file.toString());
        new PlatformKeys(TokensTest.keysIn(configured));
    }

    @Test
    void refusesToStartWithoutAKey() {
        configured.remove("xietong.keys.response-gm");
        assertRefusalNames("xietong.keys.response-gm");
    }

    @Test
    void refusesToStartWithoutTheFile() {
        configured.put("xietong.keys.token", folder.resolve("missing.p12").toString());
        assertTrue(assertRefusalNames("xietong.keys.token").contains("文件不存在"));
    }

    @Test
    void refusesToStartWithTheWrongPasswordAndDoesNotTellIt() {
        configured.put("xietong.keys.password", "wrong-one");
        assertFalse(assertRefusalNames("xietong.keys.response-gm").contains("wrong-one"));
    }

    @Test
    void refusesToStartWithoutPasswordOrWithTwo() {
        configured.put("xietong.keys.password-file", folder.resolve("password").toString());
        assertRefusalNames("xietong.keys.password-file");
        configured.remove("xietong.keys.password-file");
        configured.remove("xietong.keys.password");
        assertRefusalNames("xietong.keys.password-file");
    }

    @Test
    void refusesAKeyOfTheWrongSuite() {
        configured.put("xietong.keys.response-gm", configured.get("xietong.keys.response-intl"));
        assertRefusalNames("xietong.keys.response-gm");
    }

    @Test
    void refusesOneKeyForAnswersAndTokens() {
        configured.put("xietong.keys.token", configured.get("xietong.keys.response-intl"));
        assertRefusalNames("xietong.keys.*");
    }

    private String assertRefusalNames(String key) {
        String message = assertThrows(
                        IllegalStateException.class, () -> new PlatformKeys(TokensTest.keysIn(configured)))
                .getMessage();
        assertTrue(message.contains(key), message);
        return message;
    }
}
