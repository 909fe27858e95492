package org.xietong.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Rates, per replica and in bounded memory: requests per system, failed authentications per source and per key from one
 * source, deposits per source. A key's failures count for that source alone, so that nobody can lock another out by naming his key.
 */
@ApplicationScoped
class Limits {
    private static final int REMEMBERED = 50_000;

    private final ExchangeConfig config;
    private final Cache<String, AtomicInteger> failures = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();
    private final Cache<String, TokenBucket> systems =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private final Cache<String, TokenBucket> deposits =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    Limits(ExchangeConfig config) {
        this.config = config;
    }

    /** Before anything costly: has this source failed too often? */
    void admitSource(String source) {
        refuseIfOver(failures.getIfPresent(source));
    }

    /** Before the signature is checked: has this key failed too often from this source? */
    void admitKey(String source, String keyId) {
        refuseIfOver(failures.getIfPresent(source + ' ' + keyId));
    }

    void failed(String source) {
        count(source);
    }

    void failed(String source, String keyId) {
        count(source);
        count(source + ' ' + keyId);
    }

    /** After authentication: is this system within its rate? */
    void admitSystem(String system) {
        TokenBucket bucket = systems.get(system, s -> new TokenBucket(config.requestsPerSecond()));
        if (!bucket.take(System.nanoTime())) {
            throw new ProblemException(ProblemType.RATE_LIMITED);
        }
    }

    /** Before a deposit is read that anybody may make: is this source within its rate? */
    void admitDeposit(String source) {
        TokenBucket bucket = deposits.get(source, s -> new TokenBucket(config.depositsPerSecond()));
        if (!bucket.take(System.nanoTime())) {
            throw new ProblemException(ProblemType.RATE_LIMITED);
        }
    }

    private void count(String key) {
        failures.get(key, k -> new AtomicInteger()).incrementAndGet();
    }

    private void refuseIfOver(@Nullable AtomicInteger count) {
        if (count != null && count.get() >= config.failuresPerMinute()) {
            throw new ProblemException(ProblemType.RATE_LIMITED);
        }
    }

    /** Refills continuously and holds twice the rate. */
    private static final class TokenBucket {
        private final double perNano;
        private final double capacity;
        private double tokens;
        private long last = System.nanoTime();

        TokenBucket(int perSecond) {
            perNano = perSecond / 1e9;
            capacity = 2.0 * perSecond;
            tokens = capacity;
        }

        synchronized boolean take(long now) {
            tokens = Math.min(capacity, tokens + (now - last) * perNano);
            last = now;
            if (tokens < 1) {
                return false;
            }
            tokens -= 1;
            return true;
        }
    }
}
