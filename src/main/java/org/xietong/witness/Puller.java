package org.xietong.witness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xietong.client.BoundedHttp;
import org.xietong.evidence.AddCheckpoint;
import org.xietong.evidence.ConsistencyProof;
import org.xietong.evidence.Prover;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TileNodes;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TileSource;

/**
 * Looks at a log by itself, where nobody may call in: takes its checkpoint, makes the proof from its tiles, and sends the
 * cosigned checkpoint back. A log that does not answer is asked again.
 */
final class Puller implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Replicas and caches may show what was true some seconds ago; a log that was set back goes on showing it. */
    private static final Duration STALE = Duration.ofSeconds(5);

    private final LogWatch watch;
    private final WatchedLog.Pull pull;
    private final BoundedHttp http = new BoundedHttp(PATIENCE, AddCheckpoint.LONGEST);
    private final TileSource tiles = this::tile;
    private @Nullable SignedCheckpoint deposited;
    private @Nullable Thread thread;
    private final LongSupplier nanoTime;
    private @Nullable Long smallerSince;

    Puller(LogWatch watch, WatchedLog.Pull pull, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.watch = watch;
        this.pull = pull;
    }

    static Puller start(LogWatch watch, WatchedLog.Pull pull) {
        Puller puller = new Puller(watch, pull, System::nanoTime);
        puller.thread = Thread.ofVirtual().name("pull").start(puller::run);
        return puller;
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
        http.close();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    look();
                } catch (IOException | RuntimeException e) {
                    watch.lookFailed();
                }
                Thread.sleep(pull.every());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look; sends what it cosigned, also when it did so before and the log did not take it. */
    void look() throws IOException, InterruptedException {
        Optional<byte[]> answer = get("checkpoint", AddCheckpoint.LONGEST);
        if (answer.isEmpty()) {
            return;
        }
        SignedCheckpoint shown = SignedCheckpoint.parse(answer.get());
        if (!shown.checkpoint().origin().equals(watch.log().origin())
                || !watch.log().hasSigned(shown)) {
            return;
        }
        SignedCheckpoint known = watch.latest().orElse(null);
        if (known == null || !known.checkpoint().equals(shown.checkpoint())) {
            Verdict verdict = watch.looked(request(known, shown));
            if (!(verdict instanceof Verdict.Cosigned)) {
                // It shows less than it signed, or another log: it is shown, once more, what it signed.
                deposited = null;
            }
        }
        noteSmaller(known, shown);
        SignedCheckpoint latest = watch.latest().orElse(null);
        if (latest != null && !latest.equals(deposited) && pull.deposit().isPresent()) {
            deposit(pull.deposit().get(), latest);
            deposited = latest;
        }
    }

    private void noteSmaller(@Nullable SignedCheckpoint known, SignedCheckpoint shown) throws IOException {
        if (known == null || shown.checkpoint().size() >= known.checkpoint().size()) {
            smallerSince = null;
            return;
        }
        long now = nanoTime.getAsLong();
        Long since = smallerSince;
        if (since == null) {
            smallerSince = now;
        } else if (now - since >= STALE.toNanos()) {
            watch.setBack(shown);
        }
    }

    private AddCheckpoint request(@Nullable SignedCheckpoint known, SignedCheckpoint shown) throws IOException {
        long first = known == null ? 0 : known.checkpoint().size();
        long second = shown.checkpoint().size();
        if (first > second) {
            return new AddCheckpoint(new ConsistencyProof(second, second, List.of()), shown);
        }
        Prover prover = new Prover(watch.log().hash(), new TileNodes(watch.log().hash(), tiles, second));
        return new AddCheckpoint(prover.consistency(first, second), shown);
    }

    private Optional<byte[]> tile(TilePath path) throws IOException {
        try {
            return get(path.path(), 1 << 13);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Optional<byte[]> get(String path, int most) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(pull.url() + "/" + path))
                .header("Cache-Control", "no-cache")
                .build();
        HttpResponse<byte[]> answer = http.exchange(request);
        if (answer.statusCode() != 200) {
            return Optional.empty();
        }
        if (answer.body().length > most) {
            throw new IOException("too long an answer");
        }
        return Optional.of(answer.body());
    }

    private void deposit(URI to, SignedCheckpoint cosigned) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(to)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(cosigned.encode()))
                .build();
        int status = http.exchange(request).statusCode();
        if (status / 100 != 2) {
            throw new IOException("not taken: " + status);
        }
    }
}
