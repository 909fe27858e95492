package org.xietong.agency;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.xietong.crypto.Digests;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.Pem;
import org.xietong.crypto.VerificationKey;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The short tokens of callers: at most 10 minutes, bound to the certificate that signs the requests. A token alone is
 * worth nothing; identity rests on the signature. Failures are all {@code TOKEN_INVALID} and carry no reason, since a
 * reason would carry the token. Verified tokens are remembered by their SHA-256 until they expire.
 */
@ApplicationScoped
public class Tokens {
    private static final Logger LOG = Logger.getLogger(Tokens.class);
    private static final int MAX_LENGTH = 4096;
    private static final int REMEMBERED = 10_000;

    private final PlatformKeys keys;
    private final TokenConfig config;
    private final Optional<PublicKey> external;
    private final TokenKeys taken;
    private final Clock clock;
    private final Cache<String, TokenVerifier.Bound> verified = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(TokenIssuer.LIFETIME)
            .executor(Runnable::run)
            .build();

    @Inject
    Tokens(PlatformKeys keys, TokenConfig config, TokenKeyRows rows) {
        this(keys, config, Clock.systemUTC());
        if (external.isEmpty()) {
            alsoThoseBefore(rows);
        }
    }

    Tokens(PlatformKeys keys, TokenConfig config) {
        this(keys, config, Clock.systemUTC());
    }

    Tokens(PlatformKeys keys, TokenConfig config, Clock clock) {
        this.keys = keys;
        this.config = config;
        this.clock = clock;
        this.external = config.publicKey().map(Tokens::externalKey);
        this.taken = new TokenKeys(
                this::signing, key -> new TokenVerifier(key, config.issuer(), config.audience(), clock), clock);
        taken.verifiers();
    }

    /** Callers hold tokens of a key that was exchanged before this start; without them they would fetch others. */
    private void alsoThoseBefore(TokenKeyRows rows) {
        try {
            taken.also(rows.recent());
        } catch (SQLException e) {
            LOG.warnf("former token keys are not known: SQLSTATE %s", e.getSQLState());
        }
    }

    private List<PublicKey> signing() {
        return external.map(List::of)
                .orElseGet(() -> Stream.concat(Stream.of(keys.tokenSigner()), keys.nextTokenSigner().stream())
                        .map(signer -> signer.certificate().getPublicKey())
                        .toList());
    }

    /**
     * Issues a token for a system, bound to the key that signed the asking request. The caller has already checked
     * that this system may use this key ({@link DirectorySnapshot#usableSystemKey}).
     *
     * @throws ProblemException {@code NOT_FOUND} where an external issuer is configured
     */
    public IssuedToken issue(CaseSystem system, String keyId) {
        if (external.isPresent()) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        taken.verifiers();
        return new TokenIssuer(keys.tokenSigner(), config.issuer(), config.audience(), clock).issue(system, keyId);
    }

    /**
     * What the token says, if it holds and is bound to this key. Whether the directory agrees is another question:
     * prefer {@link #verify(String, UsableSystem)}.
     *
     * @param keyId of the request's signature
     * @throws ProblemException {@code TOKEN_INVALID}, for whatever reason
     */
    public Claims verify(String token, String keyId) {
        TokenVerifier.Bound bound = lookUp(token);
        if (!bound.thumbprint().equals(TokenIssuer.thumbprint(keyId))
                || !clock.instant().isBefore(bound.claims().expires())) {
            throw invalid();
        }
        return bound.claims();
    }

    /**
     * As {@link #verify(String, String)}, and the token names this system and its unit. The roles are those that token
     * <em>and</em> directory give: one that was withdrawn stops at once.
     *
     * @throws ProblemException {@code TOKEN_INVALID}, for whatever reason
     */
    public Claims verify(String token, UsableSystem caller) {
        Claims claims = verify(token, caller.key().key().keyId());
        CaseSystem system = caller.system();
        if (!claims.system().equals(system.id()) || !claims.unit().equals(system.unit())) {
            throw invalid();
        }
        Set<Role> both = EnumSet.noneOf(Role.class);
        both.addAll(claims.roles());
        both.retainAll(system.roles());
        return new Claims(claims.system(), claims.unit(), both, claims.expires());
    }

    private TokenVerifier.Bound lookUp(String token) {
        if (token.length() > MAX_LENGTH) {
            throw invalid();
        }
        String digest = Digests.hex(Digests.sha256(token.getBytes(StandardCharsets.UTF_8)));
        TokenVerifier.Bound known = verified.getIfPresent(digest);
        if (known == null) {
            known = taken.verifiers().stream()
                    .flatMap(verifier -> verifier.verify(token).stream())
                    .findFirst()
                    .orElseThrow(Tokens::invalid);
            verified.put(digest, known);
        }
        return known;
    }

    private static PublicKey externalKey(Path file) {
        try {
            VerificationKey key = VerificationKey.of(Pem.certificate(Files.readString(file)));
            if (key.algorithm() == KeyAlgorithm.P256) {
                return key.certificate().getPublicKey();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw refused(e);
        }
        throw refused(new IllegalArgumentException("not a P-256 key"));
    }

    private static IllegalStateException refused(Exception cause) {
        return new IllegalStateException(
                "配置项 xietong.token.public-key 须指向一个含 P-256 证书的 PEM 文件。"
                        + " / xietong.token.public-key must name a PEM file with a P-256 certificate.",
                cause);
    }

    private static ProblemException invalid() {
        return new ProblemException(ProblemType.TOKEN_INVALID);
    }
}
