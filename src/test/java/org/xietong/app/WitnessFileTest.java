package org.xietong.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.witness.Witness;

/** A witness's configuration, where its key is to rotate. */
class WitnessFileTest {
    private static final char[] PASSWORD = "for this test only".toCharArray();

    @TempDir
    Path folder;

    @Test
    void cosignsWithTheNextKeyWhileItsFileIsThere() throws Exception {
        write();
        assertEquals(1, keys());
        TestParties.fresh(KeyAlgorithm.ED25519, "next").create(folder.resolve("next.p12"), PASSWORD);
        assertEquals(2, keys());
    }

    @Test
    void refusesOneKeyInTwoPlacesAndAKeyOfAnotherKind() throws Exception {
        write();
        Files.copy(folder.resolve("key.p12"), folder.resolve("next.p12"));
        assertThrows(LaunchException.class, this::keys);
        TestParties.fresh(KeyAlgorithm.P256, "other").replace(folder.resolve("next.p12"), PASSWORD);
        assertThrows(LaunchException.class, this::keys);
    }

    private int keys() throws IOException {
        try (Witness witness =
                Witness.start(WitnessFile.read(folder.resolve("witness.yaml")), InstantSource.system(), found -> {})) {
            return witness.verifierKeys().size();
        }
    }

    private void write() throws IOException {
        KeyFile key = TestParties.fresh(KeyAlgorithm.ED25519, "key");
        key.create(folder.resolve("key.p12"), PASSWORD);
        Files.writeString(folder.resolve("password"), new String(PASSWORD) + "\n");
        Files.writeString(folder.resolve("witness.yaml"), """
                name: w.example/witness
                listen: 127.0.0.1:0
                key: key.p12
                keyNext: next.p12
                passwordFile: password
                state: state
                logs:
                  - { origin: a.example/log, tree: sha256, keys: ["%s"] }
                """.formatted(
                        NoteSigner.of("a.example/log", SignatureType.ED25519, key.signer())
                                .verifierKey()));
    }
}
