package org.xietong.agency;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.json.JsonString;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Checks one token: ES256 and nothing else (RFC 8725 §3.1), signature, issuer, audience, dates, at most 10 minutes of
 * life, and the claims that bind it. Says only yes or no: the parser's exceptions hold the whole token.
 */
final class TokenVerifier {
    static final int CLOCK_SKEW_SECONDS = 5;

    private final JWTParser parser;
    private final Clock clock;

    /** A token that held, and the certificate thumbprint (RFC 8705) that it is bound to. */
    record Bound(Claims claims, String thumbprint) {}

    TokenVerifier(PublicKey key, String issuer, String audience, Clock clock) {
        JWTAuthContextInfo rules = new JWTAuthContextInfo(key, issuer);
        rules.setSignatureAlgorithm(EnumSet.of(SignatureAlgorithm.ES256));
        rules.setExpectedAudience(Set.of(audience));
        rules.setMaxTimeToLiveSecs(TokenIssuer.LIFETIME.toSeconds());
        rules.setClockSkew(CLOCK_SKEW_SECONDS);
        rules.setRequiredClaims(Set.of("sub", "unit", "cnf", "jti", "iat", "exp"));
        parser = new DefaultJWTParser(rules);
        this.clock = clock;
    }

    Optional<Bound> verify(String token) {
        try {
            JsonWebToken jwt = parser.parse(token);
            String thumbprint = thumbprint(jwt);
            if (thumbprint == null || issuedInFuture(jwt) || !(jwt.getClaim("unit") instanceof String unit)) {
                return Optional.empty();
            }
            Claims claims =
                    new Claims(jwt.getSubject(), unit, roles(jwt), Instant.ofEpochSecond(jwt.getExpirationTime()));
            return Optional.of(new Bound(claims, thumbprint));
        } catch (ParseException | RuntimeException refused) {
            return Optional.empty();
        }
    }

    /** Such a token would live longer than its dates say. */
    private boolean issuedInFuture(JsonWebToken jwt) {
        return jwt.getIssuedAtTime() > clock.instant().getEpochSecond() + CLOCK_SKEW_SECONDS;
    }

    private static @Nullable String thumbprint(JsonWebToken jwt) {
        Object confirmation = jwt.getClaim("cnf");
        Object value = confirmation instanceof Map<?, ?> map ? map.get(TokenIssuer.THUMBPRINT) : null;
        if (value instanceof JsonString string) {
            return string.getString();
        }
        return value instanceof String string ? string : null;
    }

    private static Set<Role> roles(JsonWebToken jwt) {
        Set<String> groups = jwt.getGroups();
        return Arrays.stream(Role.values())
                .filter(role -> groups.contains(role.name()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
