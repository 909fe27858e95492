package org.xietong.agency;

import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whose tokens are taken: the keys that sign now or soon, and one that was replaced for as long as a token of it can live.
 * Thread-safe.
 */
final class TokenKeys {
    private final Supplier<List<PublicKey>> signing;
    private final Function<PublicKey, TokenVerifier> verifiers;
    private final Clock clock;
    private final Map<PublicKey, Taken> taken = new LinkedHashMap<>();

    private record Taken(TokenVerifier verifier, Instant lastSigning) {}

    TokenKeys(Supplier<List<PublicKey>> signing, Function<PublicKey, TokenVerifier> verifiers, Clock clock) {
        this.signing = signing;
        this.verifiers = verifiers;
        this.clock = clock;
    }

    /**
     * Takes the tokens of keys that signed before this service began.
     *
     * @param since how long ago each may have signed
     */
    synchronized void also(Map<PublicKey, Duration> since) {
        Instant now = clock.instant();
        since.forEach((key, age) -> taken.putIfAbsent(key, new Taken(verifiers.apply(key), now.minus(age))));
    }

    /** To be asked whenever a token is issued, too: a key counts as replaced from when it was last seen to sign. */
    synchronized List<TokenVerifier> verifiers() {
        Instant now = clock.instant();
        for (PublicKey key : signing.get()) {
            Taken known = taken.get(key);
            taken.put(key, new Taken(known == null ? verifiers.apply(key) : known.verifier, now));
        }
        taken.values()
                .removeIf(key -> key.lastSigning.plus(TokenIssuer.LIFETIME).isBefore(now));
        return taken.values().stream().map(Taken::verifier).toList();
    }
}
