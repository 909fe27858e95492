package org.xietong.record;

import java.util.concurrent.Callable;

/**
 * A write whose slow part is done, outside any transaction: a large body was received. The pipeline finishes it inside the
 * transaction of its exchange, as it does every write (I1, I3), and closes it however that ends.
 */
public final class Prepared<T extends Committed> implements AutoCloseable {
    private final Callable<T> rest;
    private final Runnable release;

    Prepared(Callable<T> rest, Runnable release) {
        this.rest = rest;
        this.release = release;
    }

    /** To be called once, in the transaction. */
    public T finish() throws Exception {
        return rest.call();
    }

    @Override
    public void close() {
        release.run();
    }
}
