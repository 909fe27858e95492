package org.xietong.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the short token of {@code POST /v1/token} until shortly before it expires. Thread-safe; one fetch at a time. */
final class AccessTokens {
    /** A token is renewed this long before its end, so that none expires on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Token(String value, Instant renewAt) {}

    private final Supplier<SignedAnswer> fetch;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Token current;

    AccessTokens(Supplier<SignedAnswer> fetch, Clock clock) {
        this.fetch = fetch;
        this.clock = clock;
    }

    String get() {
        Token token = current;
        if (token != null && clock.instant().isBefore(token.renewAt())) {
            return token.value();
        }
        lock.lock();
        try {
            token = current;
            if (token == null || !clock.instant().isBefore(token.renewAt())) {
                token = read(fetch.get());
                current = token;
            }
            return token.value();
        } finally {
            lock.unlock();
        }
    }

    void forget() {
        current = null;
    }

    private Token read(SignedAnswer answer) {
        if (answer.status() != 200 && answer.status() != 201) {
            throw new TokenRefusedException(answer);
        }
        try {
            JsonNode json = JSON.readTree(answer.body());
            String value = json.path("accessToken").asText("");
            long seconds = json.path("expiresIn").asLong(0);
            if (value.isEmpty() || seconds <= 0) {
                throw new TokenRefusedException(answer);
            }
            return new Token(value, clock.instant().plusSeconds(seconds).minus(MARGIN));
        } catch (IOException e) {
            throw new TokenRefusedException(answer);
        }
    }
}
