package org.xietong.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xietong.client.Call;
import org.xietong.client.PreparedRequest;
import org.xietong.client.RawAnswer;
import org.xietong.client.SignedAnswer;
import org.xietong.client.TokenRefusedException;
import org.xietong.client.UntrustedAnswerException;
import org.xietong.testing.City;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stored;

/**
 * Signed clients that read, write and are refused, all the time, and keep the id of each exchange that was answered. Whoever gets
 * no answer to a write asks again under the same key, until he has one.
 */
final class KeepingClients implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long PAUSE_NANOS = 4_000_000;
    private static final long AFTER_SILENCE_NANOS = 150_000_000;

    /** What is said without an entry: that there may be none (I3). */
    private static final Set<String> PROMISING_NOTHING = Set.of("UNAVAILABLE", "OUTCOME_UNKNOWN");

    private static final Set<Integer> EXPECTED = Set.of(200, 201, 404, 409);

    private final Supplier<List<City>> replicas;
    private final Queue<String> fresh = new ConcurrentLinkedQueue<>();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final Map<String, String> records = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> told = new ConcurrentSkipListMap<>();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;

    /** @param replicas where the service may be asked now */
    KeepingClients(int clients, Supplier<List<City>> replicas) {
        this.replicas = replicas;
        for (int i = 0; i < clients; i++) {
            String unit = i % 4 == 3 ? City.COPYRIGHT : City.MSA;
            threads.add(Thread.ofPlatform().name("client-" + i).start(() -> run(unit)));
        }
    }

    /** Waits for so many answers more. */
    void awaitAnswers(int more) {
        long wanted = answered.get() + more;
        Stored.await(more + " answers more, of " + told, PATIENCE, () -> answered.get() >= wanted || !faults.isEmpty());
        requireNoFault();
    }

    /** The ids of exchanges that were answered since this was asked last. */
    List<String> takeAnswered() {
        List<String> ids = new ArrayList<>();
        for (String id = fresh.poll(); id != null; id = fresh.poll()) {
            ids.add(id);
        }
        return ids;
    }

    /** The idempotency keys of all writes that were tried. */
    Set<String> keys() {
        return keys;
    }

    /** By idempotency key, the record that the write was answered to have made. */
    Map<String, String> records() {
        return records;
    }

    /** How many of each kind of answer, for the report. */
    String told() {
        return told.toString();
    }

    /** Lets everybody get his last answer. */
    @Override
    public void close() {
        ending = true;
        try {
            for (Thread thread : threads) {
                thread.join(PATIENCE);
                if (thread.isAlive()) {
                    faults.add(new AssertionError("a client still waits for an answer: " + told));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        requireNoFault();
    }

    void requireNoFault() {
        Throwable fault = faults.peek();
        if (fault != null) {
            throw new AssertionError(fault);
        }
    }

    private void run(String unit) {
        String unsettled = null;
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try {
            while (!ending || unsettled != null) {
                boolean writes = unit.equals(City.MSA) && (unsettled != null || random.nextInt(3) == 0);
                if (writes) {
                    String key =
                            unsettled != null ? unsettled : UUID.randomUUID().toString();
                    unsettled = write(unit, key) ? null : key;
                } else {
                    read(unit, random.nextInt(4) == 0 ? "/v1/clues/" + UUID.randomUUID() : "/v1/clues?limit=2");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (Throwable fault) {
            faults.add(fault);
        }
    }

    /** Whether the write is settled. */
    private boolean write(String unit, String key) throws IOException {
        keys.add(key);
        SignedAnswer answer = send(
                unit,
                city -> city.call(unit, "POST", "/v1/clues").idempotencyKey(key).body(City.utf8(Drafts.clue(""))));
        if (answer == null || answer.status() != 201) {
            return false;
        }
        String id = JSON.readTree(answer.body()).get("id").asText();
        String before = records.putIfAbsent(key, id);
        if (before != null && !before.equals(id)) {
            throw new AssertionError("one key made two records");
        }
        // Sometimes the same again: it must be told, not done.
        return before != null || ThreadLocalRandom.current().nextInt(4) != 0;
    }

    private void read(String unit, String target) throws IOException {
        send(unit, city -> city.call(unit, "GET", target));
    }

    private interface Draft {
        Call at(City city);
    }

    /** The answer, if there was one that promises an exchange. */
    private @Nullable SignedAnswer send(String unit, Draft draft) throws IOException {
        List<City> up = replicas.get();
        City city = up.get(ThreadLocalRandom.current().nextInt(up.size()));
        PreparedRequest request;
        RawAnswer raw;
        try {
            request = draft.at(city).prepare();
            raw = city.client(unit).exchangeUnverified(request);
        } catch (UncheckedIOException | TokenRefusedException | UntrustedAnswerException unavailable) {
            return none(unavailable.getClass().getSimpleName());
        }
        int status = raw.status();
        if (raw.headers().firstValue("Exchange-Id").isEmpty()) {
            if (status < 500) {
                throw new AssertionError(status + " without an exchange");
            }
            return none(status + " unjournaled");
        }
        SignedAnswer answer = city.client(unit).verify(request, raw);
        String code =
                status < 400 ? "" : JSON.readTree(answer.body()).path("code").asText();
        if (PROMISING_NOTHING.contains(code)) {
            return none(status + " " + code);
        }
        if (!EXPECTED.contains(status)) {
            throw new AssertionError(status + " " + code);
        }
        fresh.add(answer.exchangeId());
        answered.incrementAndGet();
        count(status + " " + code);
        return answer;
    }

    private @Nullable SignedAnswer none(String why) {
        count(why);
        LockSupport.parkNanos(AFTER_SILENCE_NANOS);
        return null;
    }

    private void count(String what) {
        told.computeIfAbsent(what, w -> new AtomicLong()).incrementAndGet();
    }
}
