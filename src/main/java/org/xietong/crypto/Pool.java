package org.xietong.crypto;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Objects that are dear to make and not thread-safe, lent to one caller at a time. Never blocks. It grows to the
 * number of simultaneous borrowers and no further; as the work between {@link #take} and {@link #giveBack} is pure
 * computation, that is the number of carrier threads, however many virtual threads there are.
 */
final class Pool<T> {
    private final ConcurrentLinkedQueue<T> free = new ConcurrentLinkedQueue<>();
    private final Supplier<T> maker;

    Pool(Supplier<T> maker) {
        this.maker = maker;
    }

    T take() {
        T item = free.poll();
        return item != null ? item : maker.get();
    }

    /** MUST NOT be called for an object whose use ended in an exception: its state is unknown. */
    void giveBack(T item) {
        free.offer(item);
    }
}
