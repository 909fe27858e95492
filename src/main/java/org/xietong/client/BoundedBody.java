package org.xietong.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body up to a size, and drops the connection at the first byte beyond. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final int most;
    private final @Nullable String refusal;
    private Flow.@Nullable Subscription subscription;

    private BoundedBody(int most, @Nullable String refusal) {
        this.most = most;
        this.refusal = refusal;
    }

    static BoundedBody upTo(int most) {
        return new BoundedBody(most, null);
    }

    /** Reads nothing. */
    static BoundedBody refused(String why) {
        return new BoundedBody(0, why);
    }

    @Override
    public void onSubscribe(Flow.Subscription offered) {
        if (refusal == null) {
            subscription = offered;
            offered.request(Long.MAX_VALUE);
        } else {
            offered.cancel();
            body.completeExceptionally(new IOException(refusal));
        }
    }

    @Override
    public void onNext(List<ByteBuffer> next) {
        for (ByteBuffer each : next) {
            if (each.remaining() > most - taken.size()) {
                stop();
                return;
            }
            byte[] bytes = new byte[each.remaining()];
            each.get(bytes);
            taken.writeBytes(bytes);
        }
    }

    private void stop() {
        if (subscription != null) {
            subscription.cancel();
        }
        body.completeExceptionally(new IOException("the answer is longer than " + most + " bytes"));
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(taken.toByteArray());
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }
}
