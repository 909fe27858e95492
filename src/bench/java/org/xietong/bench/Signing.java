package org.xietong.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes requests beforehand, on every core, and hands each out once. */
final class Signing {
    private Signing() {}

    /** @return gives each of {@code count} requests once, then null */
    static Supplier<byte @Nullable []> ahead(int count, Supplier<byte[]> request)
            throws InterruptedException, ExecutionException {
        byte @Nullable [][] made = new byte[count][];
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> workers = new ArrayList<>();
        int cores = Runtime.getRuntime().availableProcessors();
        try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
            for (int i = 0; i < cores; i++) {
                workers.add(threads.submit(() -> {
                    for (int at = next.getAndIncrement(); at < count; at = next.getAndIncrement()) {
                        made[at] = request.get();
                    }
                }));
            }
        }
        for (Future<?> worker : workers) {
            worker.get();
        }
        return new Once(made);
    }

    private static final class Once implements Supplier<byte @Nullable []> {
        private final byte @Nullable [][] made;
        private int next;

        Once(byte @Nullable [][] made) {
            this.made = made;
        }

        @Override
        public byte @Nullable [] get() {
            if (next == made.length) {
                return null;
            }
            byte[] request = made[next];
            made[next++] = null;
            return request;
        }
    }
}
