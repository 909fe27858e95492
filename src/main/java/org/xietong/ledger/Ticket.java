package org.xietong.ledger;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A record that waits for its group commit, and whoever waits for it. Settled once; later settlements have no effect. */
final class Ticket {
    private final PreparedRecord prepared;
    private final CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();

    Ticket(PreparedRecord prepared) {
        this.prepared = prepared;
    }

    PreparedRecord prepared() {
        return prepared;
    }

    boolean isSettled() {
        return settled.isDone();
    }

    void succeed() {
        settled.complete(null);
    }

    void fail(JournalException reason) {
        settled.completeExceptionally(reason);
    }

    /** Waits for the settlement, and no longer than {@code patience}. */
    void await(Duration patience) {
        try {
            settled.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            fail(new JournalUnavailableException("the journal did not answer in time"));
            throwFailure();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            fail(new JournalUnavailableException("interrupted while waiting for the journal"));
            throwFailure();
        } catch (ExecutionException failed) {
            throwFailure();
        }
    }

    private void throwFailure() {
        if (!settled.isCompletedExceptionally()) {
            return;
        }
        if (settled.exceptionNow() instanceof JournalException reason) {
            throw reason;
        }
        throw new JournalUnavailableException("the journal failed", settled.exceptionNow());
    }
}
