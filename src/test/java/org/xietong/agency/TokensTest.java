package org.xietong.agency;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Signer;
import org.xietong.crypto.VerificationKey;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

class TokensTest {
    private static final CaseSystem SYSTEM =
            new CaseSystem("MSA-421200-cms", "MSA-421200", "案件系统", Set.of(Role.CASE_SYSTEM), true);
    private static final VerificationKey CALLER =
            VerificationKey.of(TestKeys.sm2("caller").certificate());
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static PlatformKeys keys;

    private final Tokens tokens = new Tokens(keys, config("xietong", "xietong", Optional.empty()));

    @BeforeAll
    static void open() throws IOException {
        keys = new PlatformKeys(keysIn(PlatformKeysResource.create(folder)));
    }

    @Test
    void takesItsOwnTokens() {
        IssuedToken issued = tokens.issue(SYSTEM, CALLER.keyId());
        Claims claims = tokens.verify(issued.token(), CALLER.keyId());
        assertEquals(new Claims("MSA-421200-cms", "MSA-421200", Set.of(Role.CASE_SYSTEM), issued.expires()), claims);
        assertEquals(claims, tokens.verify(issued.token(), CALLER.keyId()), "from memory");
    }

    @Test
    void issuesForTenMinutesAtMost() {
        Instant expires = tokens.issue(SYSTEM, CALLER.keyId()).expires();
        assertFalse(expires.isAfter(Instant.now().plus(Duration.ofMinutes(10))));
    }

    @Test
    void refusesAnotherKeysToken() {
        String token = tokens.issue(SYSTEM, CALLER.keyId()).token();
        String other = VerificationKey.of(TestKeys.sm2("other").certificate()).keyId();
        assertRefused(token, other);
        assertDoesNotThrow(() -> tokens.verify(token, CALLER.keyId()));
        assertRefused(token, other);
    }

    @Test
    void refusesATokenWithoutSignature() {
        String header = base64url("{\"alg\":\"none\",\"typ\":\"JWT\"}");
        String claims = tokens.issue(SYSTEM, CALLER.keyId()).token().split("\\.")[1];
        assertRefused(header + "." + claims + ".");
        assertRefused(header + "." + claims);
    }

    @Test
    void refusesHs256WithThePublicKeyAsSecret() throws Exception {
        String signed = base64url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
                + tokens.issue(SYSTEM, CALLER.keyId()).token().split("\\.")[1];
        byte[] spki = keys.tokenSigner().certificate().getPublicKey().getEncoded();
        byte[] pem = Pem.ofPublicKey(keys.tokenSigner().certificate()).getBytes(StandardCharsets.UTF_8);
        for (byte[] secret : List.of(spki, pem)) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            assertRefused(signed + "." + base64url(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII))));
        }
    }

    @Test
    void refusesEveryChangedPart() {
        String[] parts = tokens.issue(SYSTEM, CALLER.keyId()).token().split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        assertRefused(parts[0] + "." + base64url(claims.replace("CASE_SYSTEM", "AUDITOR")) + "." + parts[2]);
        assertRefused(base64url("{\"alg\":\"ES256\"}") + "." + parts[1] + "." + parts[2]);
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        signature[10] ^= 1;
        assertRefused(parts[0] + "." + parts[1] + "." + base64url(signature));
    }

    @Test
    void refusesAnotherSignersToken() {
        Signer other = TestKeys.p256("other").signer();
        assertRefused(token(other, claims -> claims));
    }

    @Test
    void refusesAnExpiredToken() {
        long now = Instant.now().getEpochSecond();
        assertRefused(token(keys.tokenSigner(), with(Map.of("iat", now - 300, "exp", now - 60))));
    }

    @Test
    void refusesARememberedTokenOnceItExpires() {
        MovableClock clock = new MovableClock();
        Tokens moving = new Tokens(keys, config("xietong", "xietong", Optional.empty()), clock);
        IssuedToken issued = moving.issue(SYSTEM, CALLER.keyId());
        moving.verify(issued.token(), CALLER.keyId());
        clock.now = issued.expires();
        assertThrows(ProblemException.class, () -> moving.verify(issued.token(), CALLER.keyId()));
    }

    @Test
    void refusesAForeignIssuer() {
        assertRefused(token(keys.tokenSigner(), with(Map.of("iss", "elsewhere"))));
    }

    @Test
    void refusesAForeignAudience() {
        assertRefused(token(keys.tokenSigner(), with(Map.of("aud", "elsewhere"))));
    }

    @Test
    void refusesALongerLifeThanTenMinutes() {
        long now = Instant.now().getEpochSecond();
        assertRefused(token(keys.tokenSigner(), with(Map.of("iat", now, "exp", now + 660))));
    }

    @Test
    void refusesATokenIssuedInTheFuture() {
        long now = Instant.now().getEpochSecond();
        assertRefused(token(keys.tokenSigner(), with(Map.of("iat", now + 300, "exp", now + 600))));
    }

    @Test
    void refusesATokenThatLacksAClaim() {
        for (String claim : List.of("iss", "aud", "sub", "unit", "cnf", "jti", "iat", "exp")) {
            assertRefused(token(keys.tokenSigner(), claims -> {
                claims.remove(claim);
                return claims;
            }));
        }
    }

    @Test
    void refusesATokenThatIsBoundToNoCertificate() {
        assertRefused(token(keys.tokenSigner(), with(Map.of("cnf", Map.of("jkt", "x")))));
        assertRefused(token(keys.tokenSigner(), with(Map.of("cnf", "x"))));
    }

    @Test
    void refusesWhatIsNoTokenAtAll() {
        for (String text : List.of("", ".", "a.b.c", "x".repeat(100_000))) {
            assertRefused(text);
        }
    }

    @Test
    void keepsTheTokenOutOfTheProblem() {
        ProblemException problem =
                assertThrows(ProblemException.class, () -> tokens.verify("a.secret.c", CALLER.keyId()));
        assertNull(problem.getCause());
        assertFalse(problem.toString().contains("secret"));
    }

    @Test
    void givesOnlyRolesThatTheDirectoryStillGives() {
        CaseSystem before =
                new CaseSystem(SYSTEM.id(), SYSTEM.unit(), "", Set.of(Role.CASE_SYSTEM, Role.AUDITOR), true);
        String token = tokens.issue(before, CALLER.keyId()).token();
        assertEquals(
                Set.of(Role.CASE_SYSTEM), tokens.verify(token, caller(SYSTEM)).roles());
    }

    @Test
    void refusesATokenOfAnotherSystemWithTheSameKey() {
        String token = tokens.issue(SYSTEM, CALLER.keyId()).token();
        CaseSystem other = new CaseSystem("MSA-421200-app", SYSTEM.unit(), "", SYSTEM.roles(), true);
        assertThrows(ProblemException.class, () -> tokens.verify(token, caller(other)));
    }

    @Test
    void takesAnExternalIssuersTokensInstead() throws IOException {
        KeyFile foreign = TestKeys.p256("foreign");
        Path pem = Files.writeString(folder.resolve("issuer.pem"), Pem.ofCertificate(foreign.certificate()));
        Tokens external = new Tokens(keys, config("https://login.example", "xietong", Optional.of(pem)));
        String token = token(foreign.signer(), with(Map.of("iss", "https://login.example")));
        assertEquals("MSA-421200-cms", external.verify(token, CALLER.keyId()).system());
        String own = tokens.issue(SYSTEM, CALLER.keyId()).token();
        assertThrows(ProblemException.class, () -> external.verify(own, CALLER.keyId()));
        assertThrows(ProblemException.class, () -> external.issue(SYSTEM, CALLER.keyId()));
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.now();

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private void assertRefused(String token) {
        assertRefused(token, CALLER.keyId());
    }

    private void assertRefused(String token, String keyId) {
        ProblemException problem = assertThrows(ProblemException.class, () -> tokens.verify(token, keyId));
        assertEquals(ProblemType.TOKEN_INVALID, problem.type());
    }

    /** The built-in issuer's token, its claims changed, signed by this key; unchanged it would be taken. */
    private String token(Signer signer, UnaryOperator<Map<String, Object>> change) {
        String[] parts = tokens.issue(SYSTEM, CALLER.keyId()).token().split("\\.");
        try {
            Map<String, Object> claims = JSON.readValue(
                    Base64.getUrlDecoder().decode(parts[1]), new TypeReference<HashMap<String, Object>>() {});
            String signed = parts[0] + "." + base64url(JSON.writeValueAsBytes(change.apply(claims)));
            return signed + "." + base64url(signer.sign(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theHelperAboveMakesGoodTokensIfNothingIsChanged() {
        assertDoesNotThrow(() -> tokens.verify(token(keys.tokenSigner(), claims -> claims), CALLER.keyId()));
    }

    private static UnaryOperator<Map<String, Object>> with(Map<String, Object> changed) {
        return claims -> {
            claims.putAll(changed);
            return claims;
        };
    }

    private static UsableSystem caller(CaseSystem system) {
        RegisteredKey key =
                new RegisteredKey(CALLER, RegisteredKey.Holder.SYSTEM, system.id(), TestKeys.FROM, TestKeys.TO, true);
        Unit unit = new Unit(system.unit(), AgencyCode.MSA, "421200", "市局", Optional.empty(), "某某", "", true);
        return new UsableSystem(key, system, unit);
    }

    private static String base64url(String text) {
        return base64url(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static TokenConfig config(String issuer, String audience, Optional<Path> publicKey) {
        return new TokenConfig() {
            @Override
            public String issuer() {
                return issuer;
            }

            @Override
            public String audience() {
                return audience;
            }

            @Override
            public Optional<Path> publicKey() {
                return publicKey;
            }
        };
    }

    static PlatformKeysConfig keysIn(Map<String, String> configured) {
        return new PlatformKeysConfig() {
            @Override
            public Optional<Path> responseGm() {
                return path("response-gm");
            }

            @Override
            public Optional<Path> responseIntl() {
                return path("response-intl");
            }

            @Override
            public Optional<Path> token() {
                return path("token");
            }

            @Override
            public Optional<Path> logIntl() {
                return path("log-intl");
            }

            @Override
            public Optional<Path> logGm() {
                return path("log-gm");
            }

            @Override
            public Optional<Path> logIntlNext() {
                return path("log-intl-next");
            }

            @Override
            public Optional<Path> logGmNext() {
                return path("log-gm-next");
            }

            @Override
            public Optional<Path> tokenNext() {
                return path("token-next");
            }

            @Override
            public Optional<Path> evidenceIntl() {
                return path("evidence-intl");
            }

            @Override
            public Optional<Path> evidenceGm() {
                return path("evidence-gm");
            }

            @Override
            public Optional<Path> blindIndex() {
                return path("blind-index");
            }

            @Override
            public Optional<String> password() {
                return Optional.ofNullable(configured.get("xietong.keys.password"));
            }

            @Override
            public Optional<Path> passwordFile() {
                return path("password-file");
            }

            private Optional<Path> path(String name) {
                return Optional.ofNullable(configured.get("xietong.keys." + name))
                        .map(Path::of);
            }
        };
    }
}
