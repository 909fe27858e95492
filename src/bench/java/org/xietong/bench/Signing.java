package org.xietong.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
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

    /** Each request once; it is given up as it is sent. */
    private static final class Once implements Supplier<byte @Nullable []> {
        private final Queue<byte[]> left;

        Once(byte[][] made) {
            this.left = new ArrayDeque<>(List.of(made));
        }

        @Override
        public byte @Nullable [] get() {
            return left.poll();
        }
    }
}
