package org.xietong.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches from servers that are not ours: the whole answer, its last byte included, comes within a time and a size, or the
 * connection is dropped. Follows no redirection. Thread-safe.
 */
public final class BoundedHttp implements AutoCloseable {
    private static final int OK = 200;

    private final HttpClient http;
    private final Duration limit;
    private final int most;

    /**
     * @param limit for connecting, sending and reading together
     * @param most bytes of an answer
     */
    public BoundedHttp(Duration limit, int most) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .build();
        this.limit = limit;
        this.most = most;
    }

    /**
     * The body of the answer to the request.
     *
     * @param mediaType that the answer must have, without parameters; any where none is given
     * @throws IOException if it does not come in time, is too long, is not 200, or has another type; the message holds nothing of it
     */
    public byte[] send(HttpRequest request, Optional<String> mediaType) throws IOException, InterruptedException {
        return whole(http.sendAsync(request, head -> body(head, mediaType))).body();
    }

    /**
     * The answer to the request, whatever its status and type.
     *
     * @throws IOException if it does not come in time, or is too long
     */
    public HttpResponse<byte[]> exchange(HttpRequest request) throws IOException, InterruptedException {
        return whole(http.sendAsync(request, head -> BoundedBody.upTo(most)));
    }

    private HttpResponse<byte[]> whole(CompletableFuture<HttpResponse<byte[]>> answer)
            throws IOException, InterruptedException {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within " + limit);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private BoundedBody body(HttpResponse.ResponseInfo head, Optional<String> mediaType) {
        if (head.statusCode() != OK) {
            return BoundedBody.refused("answered with status " + head.statusCode());
        }
        String type = head.headers()
                .firstValue("Content-Type")
                .orElse("")
                .split(";", 2)[0]
                .strip();
        return mediaType
                        .filter(wanted -> !wanted.equals(type.toLowerCase(Locale.ROOT)))
                        .isPresent()
                ? BoundedBody.refused("answered with another media type")
                : BoundedBody.upTo(most);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
