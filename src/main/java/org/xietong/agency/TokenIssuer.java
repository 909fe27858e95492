package org.xietong.agency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.xietong.crypto.Signer;

/**
 * Makes tokens: a JWT (RFC 7519) signed with ES256 (RFC 7518 §3.4, whose signature is the {@link Signer}'s wire form),
 * bound to the caller's certificate by {@code cnf} {@code x5t#S256} (RFC 8705 §3.1). It signs through {@code Signer}, so
 * that the token key may lie in a cryptographic machine.
 */
final class TokenIssuer {
    static final Duration LIFETIME = Duration.ofMinutes(10);
    static final String THUMBPRINT = "x5t#S256";
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Signer key;
    private final String issuer;
    private final String audience;
    private final Clock clock;

    /** @param key P-256 */
    TokenIssuer(Signer key, String issuer, String audience, Clock clock) {
        this.key = key;
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    IssuedToken issue(CaseSystem system, String keyId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plus(LIFETIME);
        Map<String, Object> header = Map.of("alg", "ES256", "typ", "JWT", "kid", key.keyId());
        List<String> groups = system.roles().stream().map(Role::name).sorted().toList();
        Map<String, Object> claims = Map.of(
                "iss", issuer,
                "aud", audience,
                "sub", system.id(),
                "unit", system.unit(),
                "groups", groups,
                "cnf", Map.of(THUMBPRINT, thumbprint(keyId)),
                "jti", UUID.randomUUID().toString(),
                "iat", now.getEpochSecond(),
                "exp", expires.getEpochSecond());
        String signed = encode(header) + "." + encode(claims);
        byte[] signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return new IssuedToken(signed + "." + BASE64URL.encodeToString(signature), expires);
    }

    /** The key id as RFC 8705 writes it: base64url of the certificate's SHA-256. */
    static String thumbprint(String keyId) {
        return BASE64URL.encodeToString(HexFormat.of().parseHex(keyId));
    }

    private String encode(Map<String, Object> part) {
        try {
            return BASE64URL.encodeToString(JSON.writeValueAsBytes(part));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of strings and numbers always encode", e);
        }
    }
}
