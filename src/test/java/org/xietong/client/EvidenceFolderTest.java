package org.xietong.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.OpenSsl;
import org.xietong.crypto.TestParties;

class EvidenceFolderTest {
    private static final String ID = "01990000-0000-7000-8000-000000000001";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void opensslVerifiesTheRequest(KeyAlgorithm algorithm) throws Exception {
        exchange(algorithm);
        assertTrue(opensslVerifies("request", algorithm));
    }

    @ParameterizedTest
    @EnumSource
    void opensslVerifiesTheOfficer(KeyAlgorithm algorithm) throws Exception {
        exchange(algorithm);
        assertTrue(opensslVerifies("officer", algorithm));
    }

    @ParameterizedTest
    @EnumSource
    void opensslVerifiesTheResponse(KeyAlgorithm algorithm) throws Exception {
        exchange(algorithm);
        assertTrue(opensslVerifies("response", algorithm));
    }

    @Test
    void opensslRefusesOneForTheOther() throws Exception {
        exchange(KeyAlgorithm.SM2);
        assertFalse(OpenSsl.verifies(
                KeyAlgorithm.SM2, certificate(KeyAlgorithm.SM2), file("response.sigbase"), file("request.sig")));
    }

    @Test
    void aSecondExchangeOfTheSameIdStandsBesideTheFirst() throws Exception {
        SignedAnswer answer = exchange(KeyAlgorithm.SM2);
        new EvidenceFolder(folder).accept(answer);
        assertArrayEquals(
                Files.readAllBytes(file("request.sig")),
                Files.readAllBytes(
                        folder.resolve("exchanges").resolve(ID + "-2").resolve("request.sig")));
    }

    @Test
    void anEntryIsKeptByteForByte() throws Exception {
        byte[] entry = "{\"v\":1}".getBytes(StandardCharsets.UTF_8);
        new EvidenceFolder(folder).entry(ID, entry);
        assertArrayEquals(entry, Files.readAllBytes(file("entry.json")));
    }

    @Test
    void anIdThatIsAPathIsRefused() {
        EvidenceFolder evidence = new EvidenceFolder(folder);
        assertThrows(IllegalArgumentException.class, () -> evidence.entry("../../outside", new byte[0]));
    }

    @Test
    void aReadWithoutOfficerLeavesNoOfficerFile() throws Exception {
        try (FakePlatform platform = platform(KeyAlgorithm.SM2)) {
            client(platform, KeyAlgorithm.SM2).exchange(read(KeyAlgorithm.SM2).prepare());
        }
        assertEquals(List.of("request.sig", "request.sigbase", "response.sig", "response.sigbase"), files());
    }

    private List<String> files() throws Exception {
        try (var paths = Files.list(folder.resolve("exchanges").resolve(ID))) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private SignedAnswer exchange(KeyAlgorithm algorithm) throws Exception {
        try (FakePlatform platform = platform(algorithm)) {
            return client(platform, algorithm)
                    .exchange(read(algorithm)
                            .officer(new OfficerName("POL-001", "POLICE-421200", "ukey"), TestParties.signer(algorithm))
                            .prepare());
        }
    }

    private static FakePlatform platform(KeyAlgorithm algorithm) throws Exception {
        FakePlatform platform = new FakePlatform(algorithm);
        platform.beforeSigning = draft -> draft.headers.set("exchange-id", ID);
        return platform;
    }

    private SignedClient client(FakePlatform platform, KeyAlgorithm algorithm) {
        return SignedClient.at(
                        platform.uri(),
                        TestParties.AUTHORITY,
                        TestParties.signer(algorithm),
                        List.of(TestParties.leaf(algorithm).certificate()))
                .observing(new EvidenceFolder(folder))
                .by(Clock.fixed(TestParties.NOW, ZoneOffset.UTC));
    }

    private static SignedRequestBuilder read(KeyAlgorithm algorithm) {
        return new SignedRequestBuilder(TestParties.AUTHORITY, TestParties.signer(algorithm), "GET", "/v1/clues")
                .created(TestParties.NOW);
    }

    private boolean opensslVerifies(String name, KeyAlgorithm algorithm) throws Exception {
        return OpenSsl.verifies(algorithm, certificate(algorithm), file(name + ".sigbase"), file(name + ".sig"));
    }

    private Path certificate(KeyAlgorithm algorithm) {
        return folder.resolve("certificates")
                .resolve(TestParties.signer(algorithm).keyId() + ".pem");
    }

    private Path file(String name) {
        return folder.resolve("exchanges").resolve(ID).resolve(name);
    }
}
