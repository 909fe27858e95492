package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.client.PreparedRequest;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Signer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/** Tokens over HTTP: forged, foreign, altered, outlived. A right signature beside a wrong token is nobody. */
@QuarkusTest
@WithTestResource(CityResource.class)
class TokenAttackTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private City city;
    private Stored stored;
    private Wire wire;
    private String header;
    private ObjectNode claims;
    private String signature;
    private Signer tokenKey;

    @BeforeEach
    void takeARealTokenApart() throws IOException {
        city = City.current();
        stored = city.stored();
        wire = city.wire();
        String[] token = tokenOf(City.MSA).split("\\.");
        header = new String(Base64.getUrlDecoder().decode(token[0]), StandardCharsets.UTF_8);
        claims = (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(token[1]));
        signature = token[2];
        tokenKey = platformTokenKey();
    }

    @Test
    void aTokenMadeByThePlatformsKeyPasses() {
        send("Bearer " + token(header, claims, tokenKey)).requireStatus(200);
    }

    @Test
    void aMissingOrSenselessTokenIsRefused() {
        wire.send(read().withoutHeader("authorization")).requireRefusedUnknown(401, "TOKEN_INVALID");
        refused("Basic bXNhOm1zYQ==");
        refused("Bearer ");
        refused("Bearer x");
        refused(tokenOf(City.MSA));
        refused("Bearer " + "a".repeat(5_000));
    }

    @Test
    void theTokenOfAnotherSystemIsRefused() {
        refused("Bearer " + tokenOf(City.POLICE));
    }

    @Test
    void aTokenBoundToAnotherKeyIsRefused() {
        byte[] thumbprint = HexFormat.of().parseHex(city.keys().system(City.POLICE).keyId());
        altered(c -> ((ObjectNode) c.get("cnf")).put("x5t#S256", BASE64URL.encodeToString(thumbprint)));
        altered(c -> c.remove("cnf"));
    }

    @Test
    void aTokenForAnotherSystemOrUnitIsRefused() {
        altered(c -> c.put("sub", "POLICE-421200-cms"));
        altered(c -> c.put("unit", "POLICE-421200"));
        altered(c -> c.put("iss", "https://elsewhere.example"));
        altered(c -> c.put("aud", "elsewhere"));
    }

    @Test
    void aTokenOutsideItsTimeIsRefused() {
        long now = Instant.now().getEpochSecond();
        altered(c -> c.put("iat", now - 700).put("exp", now - 100));
        altered(c -> c.put("iat", now + 120).put("exp", now + 300));
        altered(c -> c.put("iat", now).put("exp", now + 3_600));
        altered(c -> c.remove("exp"));
    }

    @Test
    void aTokenWhoseClaimsWereChangedAfterSigningIsRefused() {
        claims.withArray("groups").add("AUDITOR");
        refused("Bearer " + encode(header) + "." + encode(claims.toString()) + "." + signature);
    }

    @Test
    void aTokenSignedByAnotherKeyIsRefused() {
        refused("Bearer " + token(header, claims, city.keys().system(City.COPYRIGHT)));
    }

    @Test
    void algorithmNoneIsRefused() {
        String none = encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + encode(claims.toString()) + ".";
        refused("Bearer " + none);
        refused("Bearer " + none + signature);
    }

    @Test
    void thePublicKeyIsNoSharedSecret() throws GeneralSecurityException {
        String signed = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encode(claims.toString());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(tokenKey.certificate().getPublicKey().getEncoded(), "HmacSHA256"));
        refused("Bearer " + signed + "." + BASE64URL.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aTokenGivesNoRoleThatTheDirectoryDoesNot() {
        claims.withArray("groups").add("AUDITOR");
        String token = "Bearer " + token(header, claims, tokenKey);
        PreparedRequest request = city.call(City.MSA, "GET", "/v1/exchanges?scope=ALL").prepare();
        wire.send(request.withHeader("authorization", token)).requireJournaledProblem(403, "FORBIDDEN");
    }

    private void altered(Consumer<ObjectNode> change) {
        ObjectNode copy = claims.deepCopy();
        change.accept(copy);
        refused("Bearer " + token(header, copy, tokenKey));
    }

    private void refused(String authorization) {
        PreparedRequest read = read();
        Stored.State before = stored.state();
        wire.send(read.withHeader("authorization", authorization)).requireRefusedUnknown(401, "TOKEN_INVALID");
        assertEquals(before, stored.state());
    }

    private Reply send(String authorization) {
        return wire.send(read().withHeader("authorization", authorization));
    }

    private PreparedRequest read() {
        return city.call(City.MSA, "GET", "/v1/clues").prepare();
    }

    private String tokenOf(String unit) {
        String field = city.call(unit, "GET", "/v1/clues").prepare().header("authorization").orElseThrow();
        return field.substring("Bearer ".length());
    }

    private Signer platformTokenKey() throws IOException {
        Path password = Path.of(city.keys().configuration().get("xietong.keys.password-file"));
        return KeyFile.open(
                        city.keys().platformKey("token"), Files.readString(password).strip().toCharArray())
                .signer();
    }

    private static String token(String header, ObjectNode claims, Signer key) {
        String signed = encode(header) + "." + encode(claims.toString());
        return signed + "." + BASE64URL.encodeToString(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encode(String json) {
        return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
