package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.crypto.BareKey;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.evidence.InclusionProof;
import org.xietong.evidence.Prover;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TileNodes;
import org.xietong.evidence.TileSource;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Stored;

/** The log as anybody on the network reads it, and what it proves about an exchange (c2sp.org/tlog-tiles). */
@QuarkusTest
@WithTestResource(CityResource.class)
class LogResourceTest {
    private static final String ORIGIN = "xietong.xianning.example/log";

    private City city;
    private HttpClient http;

    @BeforeEach
    void open() {
        city = City.current();
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @ParameterizedTest
    @EnumSource(TreeHash.class)
    void provesAnExchangeWithKeysFromElsewhere(TreeHash tree) throws Exception {
        String id = city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId();
        SignedCheckpoint signed = covering(tree, id);
        assertEquals(origin(tree), signed.checkpoint().origin());
        VerifierKey ed25519 = key(tree, "log-intl", SignatureType.ED25519);
        VerifierKey sm2 = key(tree, "log-gm", SignatureType.SM2);
        assertTrue(signed.verify(ed25519, List.of(sm2)).isSignedBy(sm2));

        long position = position(id);
        long size = signed.checkpoint().size();
        TileSource tiles = path -> read(prefix(tree) + path.path());
        InclusionProof proof = new Prover(tree, new TileNodes(tree, tiles, size)).inclusion(position, size);
        byte[] entry = city.stored().bytes("SELECT bytes FROM xietong.journal_entry WHERE id = ?::uuid", id);
        assertTrue(proof.holds(tree, tree.leaf(entry), signed.checkpoint().root()));
        entry[0] ^= 1;
        assertTrue(!proof.holds(tree, tree.leaf(entry), signed.checkpoint().root()));
    }

    @Test
    void bothTreesHaveOneSize() throws Exception {
        covering(
                TreeHash.SM3,
                city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId());
        assertEquals(
                0,
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.ledger_checkpoint WHERE split_part(sha256, E'\\n', 2) <> split_part(sm3, E'\\n', 2)"));
    }

    @Test
    void saysHowLongItMayBeKept() throws Exception {
        covering(
                TreeHash.SHA_256,
                city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId());
        HttpResponse<byte[]> checkpoint = get("/log/checkpoint");
        assertEquals(
                "public, max-age=1",
                checkpoint.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals(
                "text/plain;charset=utf-8",
                checkpoint
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow()
                        .replace(" ", "")
                        .toLowerCase());
        HttpResponse<byte[]> tile = get("/log/tile/0/000.p/1");
        assertEquals(200, tile.statusCode());
        assertEquals(TreeHash.SIZE, tile.body().length);
        assertEquals(
                "public, max-age=31536000, immutable",
                tile.headers().firstValue("Cache-Control").orElseThrow());
        assertTrue(tile.headers().firstValue("Exchange-Id").isEmpty());
    }

    @Test
    void isNotJournaled() throws Exception {
        String marker = city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId();
        get("/log/checkpoint");
        get("/log/tile/0/000.p/1");
        assertEquals(
                0,
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.exchange_index WHERE id > ?::uuid AND operation LIKE '%LOG%'",
                                marker));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/log/tile/0/999",
                "/log/tile/0/000.p/256",
                "/log/tile/0/000.p/0",
                "/log/tile/0/0",
                "/log/tile/00/000",
                "/log/tile/63/x999/x999/x999/x999/x999/x999/999",
                "/log/tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999",
                "/log/tile/0/../checkpoint",
                "/log/tile/-1/000",
                "/log/sm3/tile/5/000",
                "/log/nothing"
            })
    void hasNothingAtOtherPaths(String path) throws Exception {
        assertEquals(404, get(path).statusCode(), path);
    }

    @Test
    void keepsTheNewestOutsideTheDatabase() throws Exception {
        covering(
                TreeHash.SHA_256,
                city.call(City.MSA, "GET", "/v1/clues?limit=1").send().exchangeId());
        Path file =
                Path.of(ConfigProvider.getConfig().getValue("xietong.log.outside-folder", String.class), "checkpoint");
        Stored.await("the newest checkpoint outside", Duration.ofSeconds(10), () -> {
            try {
                byte[] served = get("/log/checkpoint").body();
                return java.util.Arrays.equals(served, Files.readAllBytes(file));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void givesItsKeysInSignedNoteForm() throws Exception {
        assertEquals(
                key(TreeHash.SHA_256, "log-intl", SignatureType.ED25519) + "\n",
                new String(get("/log/vkey").body(), StandardCharsets.UTF_8));
        assertEquals(
                Stream.of(TreeHash.SHA_256, TreeHash.SM3)
                        .flatMap(tree -> Stream.of(
                                key(tree, "log-intl", SignatureType.ED25519), key(tree, "log-gm", SignatureType.SM2)))
                        .map(VerifierKey::toString)
                        .toList(),
                new String(get("/log/vkeys").body(), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
    }

    private SignedCheckpoint covering(TreeHash tree, String exchangeId) throws Exception {
        Stored.await("a checkpoint", Duration.ofSeconds(10), () -> {
            return city.stored()
                            .number(
                                    "SELECT count(*) FROM xietong.ledger_leaf WHERE entry_id = ?::uuid AND position < (SELECT max(size) FROM xietong.ledger_checkpoint)",
                                    exchangeId)
                    == 1;
        });
        long position = position(exchangeId);
        Stored.await("it is shown, a second later at most", Duration.ofSeconds(10), () -> served(tree) > position);
        HttpResponse<byte[]> answer = get(prefix(tree) + "checkpoint");
        SignedCheckpoint signed = SignedCheckpoint.parse(answer.body());
        assertArrayEquals(answer.body(), signed.encode());
        return signed;
    }

    private long served(TreeHash tree) {
        try {
            HttpResponse<byte[]> answer = get(prefix(tree) + "checkpoint");
            return answer.statusCode() == 200
                    ? SignedCheckpoint.parse(answer.body()).checkpoint().size()
                    : 0;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long position(String exchangeId) {
        return city.stored().number("SELECT position FROM xietong.ledger_leaf WHERE entry_id = ?::uuid", exchangeId);
    }

    private static String prefix(TreeHash tree) {
        return tree == TreeHash.SM3 ? "/log/sm3/" : "/log/";
    }

    private static String origin(TreeHash tree) {
        return tree == TreeHash.SM3 ? ORIGIN + "/sm3" : ORIGIN;
    }

    private VerifierKey key(TreeHash tree, String name, SignatureType type) {
        try {
            char[] password = Files.readString(city.keys().platformKey(name).resolveSibling("password"))
                    .strip()
                    .toCharArray();
            KeyFile file = KeyFile.open(city.keys().platformKey(name), password);
            assertEquals(
                    type == SignatureType.SM2 ? KeyAlgorithm.SM2 : KeyAlgorithm.ED25519,
                    file.signer().algorithm());
            return VerifierKey.of(origin(tree), type, BareKey.of(file.certificate()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<byte[]> read(String path) throws IOException {
        try {
            HttpResponse<byte[]> answer = get(path);
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(city.base().resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
